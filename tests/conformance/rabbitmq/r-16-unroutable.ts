import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-16',
  title: 'A message that no queue takes is confirmed all the same, and gone.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, queue] = [name('events'), name('orders')];
    await channel.assertExchange(exchange, 'direct');
    observe('answer', await publish(channel, exchange, 'key', 'a'));
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, exchange, 'key');
    observe('queue', await drained(channel, queue));
  },
});
