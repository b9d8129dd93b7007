import { defineConformance } from '../define';
import { drain, headersOf, openConfirming, publish, ready } from './steps';

export default defineConformance({
  id: 'Q-131',
  title: 'Keys of BCC do not count for a dead letter, and are not told.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, dead] = [name('events'), name('dead')];
    const [queue, all] = [name('orders'), name('all')];
    for (const each of [exchange, dead]) await channel.assertExchange(each, 'direct');
    await channel.assertQueue(queue, { deadLetterExchange: dead });
    await channel.assertQueue(all);
    await channel.bindQueue(queue, exchange, 'hidden');
    for (const key of ['to', 'hidden']) await channel.bindQueue(all, dead, key);
    await publish(channel, exchange, 'to', 'm', { BCC: ['hidden'] });
    const message = await channel.get(queue);
    if (message) channel.reject(message, false);
    await until(async () => (await ready(channel, all)) >= 1);
    for (const one of await drain(channel, all))
      observe('dead', { routingKey: one.fields.routingKey, headers: headersOf(one) });
  },
});
