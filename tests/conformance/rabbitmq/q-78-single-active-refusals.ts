import { defineConformance } from '../define';
import { consume, open, openConfirming, refusalOf, send, settled } from './steps';

export default defineConformance({
  id: 'Q-78',
  title: 'What a queue with a single active consumer refuses.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    for (const type of ['classic', 'quorum']) {
      const queue = name('orders');
      await channel.assertQueue(queue, {
        arguments: { 'x-queue-type': type, 'x-single-active-consumer': true },
      });
      await send(channel, queue, ['1']);
      observe(
        `${type}: exclusive`,
        (await refusalOf(tools, (own) => own.consume(queue, () => undefined, { exclusive: true }))).answer,
      );
      observe(`${type}: get`, (await refusalOf(tools, (own) => own.get(queue))).answer);
      const consumer = await open(tools, 'consumer');
      const consuming = await consume(consumer.channel, queue, { ack: true });
      observe(`${type}: seen`, await settled(tools, consuming, 1));
      observe(`${type}: get beside a consumer`, (await refusalOf(tools, (own) => own.get(queue))).answer);
    }
  },
});
