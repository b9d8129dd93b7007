import { defineConformance } from '../define';
import { deadLetterQueue, drained, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-56',
  title: 'A message with a time to live does not wait behind those of other priorities.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxPriority: 5, arguments: dead.arguments });
    await send(channel, queue, ['high, no time'], { priority: 5 });
    await send(channel, queue, ['low, no time'], { priority: 0 });
    await send(channel, queue, ['low'], { priority: 0, expiration: 100 });
    await send(channel, queue, ['middle'], { priority: 3, expiration: 100 });
    await sleep(600);
    observe('dead', await drained(channel, dead.queue));
    observe('queue', await drained(channel, queue));
  },
});
