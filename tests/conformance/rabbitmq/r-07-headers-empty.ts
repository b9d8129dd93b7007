import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-07',
  title: 'What a headers exchange makes of bindings without arguments, and of arguments that begin with x-.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'headers');
    const bindings: Record<string, unknown>[] = [
      {},
      { 'x-match': 'any' },
      { 'x-match': 'all' },
      { 'x-match': 'all', 'x-foo': 1 },
      { 'x-match': 'any', 'x-foo': 1 },
      { 'x-match': 'all-with-x', 'x-foo': 1 },
      { 'x-match': 'any-with-x', 'x-foo': 1, a: 1 },
    ];
    const queues = bindings.map(() => name('queue'));
    for (const [index, queue] of queues.entries()) {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchange, '', bindings[index]);
    }
    await publish(channel, exchange, '', 'no headers');
    for (const headers of [{ 'x-foo': 1 }, { 'x-foo': 2 }, { a: 1 }, { 'x-foo': 1, a: 1 }])
      await publish(channel, exchange, '', JSON.stringify(headers), { headers });
    for (const [index, queue] of queues.entries())
      observe('matched', { binding: JSON.stringify(bindings[index]), by: await drained(channel, queue) });
  },
});
