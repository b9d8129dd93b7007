import { defineConformance } from '../define';
import { bodyOf, deadLetterQueue, deathsOf, drain, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-22',
  title: 'A quorum queue that is too long dead-letters its oldest messages.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      maxLength: 2,
      arguments: { 'x-queue-type': 'quorum', ...dead.arguments },
    });
    observe('answers', await send(channel, queue, ['1', '2', '3', '4']));
    await until(async () => (await ready(channel, dead.queue)) === 2);
    observe(
      'dead',
      (await drain(channel, dead.queue)).map((one) => [bodyOf(one), deathsOf(one)]),
    );
    observe('queue', await drained(channel, queue));
  },
});
