import { defineConformance } from '../define';
import { deadLetterQueue, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-55',
  title: 'Which message a queue with priorities drops when it is too long.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxLength: 3, maxPriority: 5, arguments: dead.arguments });
    for (const [body, priority] of [
      ['low', 0],
      ['high', 5],
      ['middle', 3],
      ['low too', 0],
      ['high too', 5],
    ] as const)
      await send(channel, queue, [body], { priority });
    await until(async () => (await ready(channel, dead.queue)) === 2);
    observe('dead', await drained(channel, dead.queue));
    observe('queue', await drained(channel, queue));
  },
});
