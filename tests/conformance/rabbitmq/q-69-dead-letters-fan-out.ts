import { defineConformance } from '../define';
import { drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-69',
  title:
    'A dead letter goes to every queue its exchange routes it to; one that is full and rejects does not get it.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, queue, roomy, full] = [name('dead'), name('orders'), name('roomy'), name('full')];
    await channel.assertExchange(exchange, 'fanout');
    await channel.assertQueue(queue, { deadLetterExchange: exchange });
    await channel.assertQueue(roomy);
    await channel.assertQueue(full, { maxLength: 1, arguments: { 'x-overflow': 'reject-publish' } });
    for (const target of [roomy, full]) await channel.bindQueue(target, exchange, '');
    await send(channel, queue, ['1', '2', '3']);
    for (let count = 0; count < 3; count++) {
      const message = await channel.get(queue);
      if (message) channel.reject(message, false);
      await until(async () => (await ready(channel, roomy)) === count + 1);
    }
    observe('roomy', await drained(channel, roomy));
    observe('full', await drained(channel, full));
  },
});
