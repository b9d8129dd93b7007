import { defineConformance } from '../define';
import { bodyOf, deadLetterQueue, deathsOf, drain, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-54',
  title: 'A classic queue that is too long dead-letters its oldest messages, in their order.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxLength: 2, arguments: dead.arguments });
    observe('answers', await send(channel, queue, ['1', '2', '3', '4', '5']));
    await until(async () => (await ready(channel, dead.queue)) === 3);
    observe(
      'dead',
      (await drain(channel, dead.queue)).map((one) => [bodyOf(one), deathsOf(one)]),
    );
    observe('queue', await drained(channel, queue));
  },
});
