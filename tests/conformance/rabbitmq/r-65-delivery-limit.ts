import { defineConformance } from '../define';
import { deadLetterQueue, drain, headersOf, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-65',
  title:
    'A quorum queue gives a message so often, then it is dead; the header x-delivery-count says how often before.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 2, ...dead.arguments },
    });
    await send(channel, queue, ['m']);
    await channel.consume(queue, (message) => {
      observe('given', [
        message!.fields.redelivered,
        (message!.properties.headers?.['x-delivery-count'] as unknown) ?? null,
      ]);
      channel.nack(message!);
    });
    await until(async () => (await ready(channel, dead.queue)) === 1);
    for (const message of await drain(channel, dead.queue)) observe('dead', headersOf(message));
  },
});
