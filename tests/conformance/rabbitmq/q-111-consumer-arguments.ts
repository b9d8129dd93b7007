import { defineConformance } from '../define';
import { openConfirming, refusalOf } from './steps';

export default defineConformance({
  id: 'Q-111',
  title: "A consumer's own arguments: what is no priority, and what is taken.",
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    for (const args of [
      { 'x-priority': 'high' },
      { 'x-priority': 1.5 },
      { 'x-priority': -5 },
      { 'x-nobody-knows': 1 },
    ]) {
      const { answer } = await refusalOf(tools, (own) =>
        own.consume(queue, () => undefined, { arguments: args }),
      );
      observe(JSON.stringify(args), answer);
    }
  },
});
