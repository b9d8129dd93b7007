import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-04',
  title: 'Several bindings that match bring one copy into the queue.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, queue] = [name('events'), name('orders')];
    await channel.assertExchange(exchange, 'topic');
    await channel.assertQueue(queue);
    for (const pattern of ['a.*', 'a.#', '#']) await channel.bindQueue(queue, exchange, pattern);
    await publish(channel, exchange, 'a.b', 'm');
    observe('queue', await drained(channel, queue));
  },
});
