import { defineConformance } from '../define';
import { bodyOf, deadLetterQueue, deathsOf, drain, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-35',
  title: 'With reject-publish-dlx what is refused is dead-lettered, and the publisher told nack.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      maxLength: 2,
      arguments: { 'x-overflow': 'reject-publish-dlx', ...dead.arguments },
    });
    observe('answers', await send(channel, queue, ['1', '2', '3', '4']));
    observe('queue', await drained(channel, queue));
    await until(async () => (await ready(channel, dead.queue)) === 2);
    for (const message of await drain(channel, dead.queue))
      observe('dead', [bodyOf(message), deathsOf(message)]);
  },
});
