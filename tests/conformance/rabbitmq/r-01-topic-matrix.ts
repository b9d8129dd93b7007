import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

const PATTERNS = [
  '', '#', '#.#', '*', '*.*', 'a.*', 'a.#', '#.a', '*.a', 'a.#.b', 'a.#.#.b', 'a.*.b', '#.*', '*.#', '#.*.#', 'a..b', '..',
]; // prettier-ignore
const KEYS = ['', 'a', 'a.', '.a', 'a.b', 'a..b', 'a.x.b', 'a.x.y.b', '.', '..', 'b', 'a.b.', 'A'];

export default defineConformance({
  id: 'R-01',
  title: 'Which routing keys match which pattern of a topic exchange.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'topic');
    const queues = PATTERNS.map(() => name('queue'));
    for (const [index, queue] of queues.entries()) {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchange, PATTERNS[index]);
    }
    for (const key of KEYS) await publish(channel, exchange, key, `"${key}"`);
    for (const [index, queue] of queues.entries())
      observe('matched', [PATTERNS[index], ...(await drained(channel, queue))]);
  },
});
