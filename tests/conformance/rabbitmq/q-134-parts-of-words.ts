import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-134',
  title:
    'In the pattern of a topic exchange "*" and "#" stand for words only where they are words themselves.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'topic');
    const patterns = ['a*', '*a', 'a#', 'a*.b', '**', '##'];
    const queues = patterns.map(() => name('queue'));
    for (const [index, queue] of queues.entries()) {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchange, patterns[index]);
    }
    const keys = ['', 'a', 'aa', 'a.a', 'a.b', 'aa.b', 'a*', '*a', 'a#', 'a*.b', '**', '##'];
    for (const key of keys) await publish(channel, exchange, key, `"${key}"`);
    for (const [index, queue] of queues.entries())
      observe('matched', [patterns[index], ...(await drained(channel, queue))]);
  },
});
