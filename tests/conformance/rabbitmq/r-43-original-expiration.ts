import { defineConformance } from '../define';
import { deadLetterQueue, drain, headersOf, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-43',
  title: 'What expired has no expiration any more where it is dead-lettered; x-death says what it was.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: dead.arguments });
    await send(channel, queue, ['m'], {
      expiration: '100',
      messageId: 'id',
      persistent: true,
      type: 'order',
    });
    await until(async () => (await ready(channel, dead.queue)) === 1);
    for (const message of await drain(channel, dead.queue)) {
      const { expiration, messageId, deliveryMode, type } = message.properties;
      observe('dead', {
        expiration: expiration as unknown,
        messageId: messageId as unknown,
        deliveryMode: deliveryMode as unknown,
        type: type as unknown,
        headers: headersOf(message),
      });
    }
  },
});
