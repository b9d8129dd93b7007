import type { Channel, Options } from 'amqplib';
import { defineConformance } from '../define';
import { open, refusalOf } from './steps';

export default defineConformance({
  id: 'Q-23',
  title: 'What a quorum queue cannot be, and what cannot be done with it.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const quorum =
      (options: Options.AssertQueue, more: Record<string, unknown> = {}) =>
      (own: Channel) =>
        own.assertQueue(name('orders'), { ...options, arguments: { 'x-queue-type': 'quorum', ...more } });
    observe('not durable', await refusalOf(tools, quorum({ durable: false })));
    observe('exclusive', await refusalOf(tools, quorum({ exclusive: true })));
    observe('auto-delete', await refusalOf(tools, quorum({ autoDelete: true })));
    observe('x-max-priority', await refusalOf(tools, quorum({ maxPriority: 5 })));
    observe('x-queue-mode', await refusalOf(tools, quorum({}, { 'x-queue-mode': 'lazy' })));
    observe('reject-publish-dlx', await refusalOf(tools, quorum({}, { 'x-overflow': 'reject-publish-dlx' })));
    const { channel } = await open(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    observe(
      'global prefetch',
      await refusalOf(tools, async (own) => {
        await own.prefetch(1, true);
        await own.consume(queue, () => undefined);
      }),
    );
    observe(
      'type that does not exist',
      await refusalOf(tools, (own) =>
        own.assertQueue(name('orders'), { arguments: { 'x-queue-type': 'nope' } }),
      ),
    );
  },
});
