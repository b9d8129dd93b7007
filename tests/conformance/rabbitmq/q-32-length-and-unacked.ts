import { defineConformance } from '../define';
import { deadLetterQueue, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-32',
  title: 'What is held does not count for the length of a queue; what is returned does.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxLength: 2, arguments: dead.arguments });
    await send(channel, queue, ['1', '2']);
    const held = [await channel.get(queue), await channel.get(queue)];
    await send(channel, queue, ['3', '4']);
    observe('dead', await ready(channel, dead.queue));
    const second = held[1];
    if (second) channel.nack(second);
    observe('ready after one is returned', await ready(channel, queue));
    await until(async () => (await ready(channel, dead.queue)) === 1);
    observe('dead', await drained(channel, dead.queue));
    observe('queue', await drained(channel, queue));
  },
});
