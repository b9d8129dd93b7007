import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-14',
  title: 'What is unbound gets nothing more; to unbind again is no mistake.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, queue] = [name('events'), name('orders')];
    await channel.assertExchange(exchange, 'direct');
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, exchange, 'key');
    await publish(channel, exchange, 'key', 'a');
    await channel.unbindQueue(queue, exchange, 'key');
    await publish(channel, exchange, 'key', 'b');
    await channel.unbindQueue(queue, exchange, 'key');
    observe('queue', await drained(channel, queue));
  },
});
