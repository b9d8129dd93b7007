import { defineConformance } from '../define';
import { consume, drain, open, openConfirming, refusalOf, send, settled } from './steps';

export default defineConformance({
  id: 'Q-07',
  title: 'An exclusive consumer is the only one, or none.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consumer = await open(tools, 'consumer');
    const exclusive = await consume(consumer.channel, queue, { exclusive: true });
    observe('another', await refusalOf(tools, (own) => own.consume(queue, () => undefined)));
    await send(channel, queue, ['1']);
    observe('get', (await drain(channel, queue)).length + (await settled(tools, exclusive, 1)).length);
    await consumer.channel.cancel(exclusive.consumerTag);
    await consume(consumer.channel, queue);
    observe(
      'exclusive where there is one',
      await refusalOf(tools, (own) => own.consume(queue, () => undefined, { exclusive: true })),
    );
  },
});
