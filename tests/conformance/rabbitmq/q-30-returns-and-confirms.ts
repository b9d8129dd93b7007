import type { Message } from 'amqplib';
import { defineConformance } from '../define';
import { bodyOf, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-30',
  title: 'A message that cannot be routed comes back whole, and before its confirm.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const exchange = name('events');
    await channel.assertExchange(exchange, 'direct');
    const told: unknown[] = [];
    channel.on('return', (message: Message) =>
      told.push(['return', bodyOf(message), message.fields, message.properties.messageId as unknown]),
    );
    for (const body of ['1', '2', '3']) {
      const options = { mandatory: body !== '2', messageId: `id ${body}` };
      told.push([await publish(channel, exchange, 'nobody', body, options), body]);
    }
    observe('told', told);
  },
});
