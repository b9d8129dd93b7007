import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-05',
  title: 'A headers exchange wants all of the arguments of a binding, or any.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'headers');
    const queues = new Map<string, string>();
    for (const match of ['all', 'any', 'neither said']) {
      const queue = name('queue');
      queues.set(match, queue);
      await channel.assertQueue(queue);
      const how = match === 'neither said' ? {} : { 'x-match': match };
      await channel.bindQueue(queue, exchange, '', { ...how, a: 1, b: '2' });
    }
    const sets: Record<string, unknown>[] = [
      { a: 1, b: '2' },
      { a: 1 },
      { b: '2', c: 3 },
      { a: 1, b: '2', c: 3 },
      { a: '1', b: 2 },
      { a: true, b: null },
      { a: 1.5 },
      {},
    ];
    for (const headers of sets) await publish(channel, exchange, 'key', JSON.stringify(headers), { headers });
    for (const [match, queue] of queues) observe(match, await drained(channel, queue));
  },
});
