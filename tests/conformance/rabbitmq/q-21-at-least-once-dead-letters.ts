import { defineConformance } from '../define';
import { bodyOf, deadLetterQueue, deathsOf, drain, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-21',
  title: 'Dead letters at least once: what cannot be routed waits in its queue, and does not count as ready.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const declared = async (more: Record<string, unknown>): Promise<string> => {
      const queue = name('orders');
      const strategy = { 'x-overflow': 'reject-publish', 'x-dead-letter-strategy': 'at-least-once' };
      await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum', ...strategy, ...more } });
      return queue;
    };
    for (const more of [dead.arguments, { 'x-dead-letter-exchange': name('nope') }]) {
      const queue = await declared(more);
      await send(channel, queue, ['1', '2']);
      const message = await channel.get(queue);
      if (message) channel.nack(message, false, false);
      await sleep(500);
      observe('ready', await ready(channel, queue));
      observe(
        'dead',
        (await drain(channel, dead.queue)).map((one) => [bodyOf(one), deathsOf(one)]),
      );
      observe('queue', await drained(channel, queue));
      observe('deleted', await channel.deleteQueue(queue));
    }
  },
});
