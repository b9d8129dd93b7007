import { defineConformance } from '../define';
import { consume, open, openConfirming, seenOf, send, settled } from './steps';

export default defineConformance({
  id: 'Q-119',
  title: 'recover on a quorum queue.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    await send(channel, queue, ['1', '2', '3']);
    const consumer = await open(tools, 'consumer');
    const consuming = await consume(consumer.channel, queue);
    await until(() => consuming.seen.length === 3);
    consumer.channel.ack(consuming.messages[1]);
    await consumer.channel.recover();
    await settled(tools, consuming, 5);
    observe(
      'given',
      consuming.messages.map((message) => [
        message.fields.deliveryTag,
        seenOf(message),
        (message.properties.headers?.['x-delivery-count'] as unknown) ?? null,
      ]),
    );
  },
});
