import { defineConformance } from '../define';
import { consume, deadLetterQueue, drained, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-87',
  title: 'A queue that may hold no message, and one whose messages may live 0 ms.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    for (const [what, options] of [
      ['no message', { maxLength: 0 }],
      ['no message, rejecting', { maxLength: 0, arguments: { 'x-overflow': 'reject-publish' } }],
      ['0 ms', { messageTtl: 0 }],
    ] as const) {
      const dead = await deadLetterQueue(tools, channel);
      const queue = name('orders');
      const more = 'arguments' in options ? options.arguments : {};
      await channel.assertQueue(queue, { ...options, arguments: { ...more, ...dead.arguments } });
      const answers = await send(channel, queue, ['1']);
      const consuming = await consume(channel, queue, { ack: true });
      answers.push(...(await send(channel, queue, ['2'])));
      await sleep(300);
      observe(what, { answers, seen: consuming.seen, dead: await drained(channel, dead.queue) });
    }
  },
});
