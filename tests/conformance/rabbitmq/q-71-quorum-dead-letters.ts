import { defineConformance } from '../define';
import { deadLetterQueue, drain, headersOf, openConfirming, ready, seenOf, send } from './steps';

export default defineConformance({
  id: 'Q-71',
  title: 'What a dead letter of a quorum queue tells: how often it was given, and why it died.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      messageTtl: 300,
      arguments: { 'x-queue-type': 'quorum', ...dead.arguments },
    });
    await send(channel, queue, ['expires'], { persistent: true, messageId: 'id' });
    await until(async () => (await ready(channel, dead.queue)) === 1);
    await send(channel, queue, ['rejected'], { priority: 7, headers: { mine: 1 } });
    const first = await channel.get(queue);
    if (first) channel.nack(first);
    await until(async () => (await ready(channel, queue)) === 1);
    const second = await channel.get(queue);
    if (second) channel.nack(second, false, false);
    await until(async () => (await ready(channel, dead.queue)) === 2);
    for (const message of await drain(channel, dead.queue))
      observe('dead', [
        seenOf(message),
        headersOf(message),
        message.properties.deliveryMode as unknown,
        message.properties.priority as unknown,
      ]);
  },
});
