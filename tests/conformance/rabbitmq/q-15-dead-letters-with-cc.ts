import { defineConformance } from '../define';
import { drain, headersOf, openConfirming, publish, ready } from './steps';

export default defineConformance({
  id: 'Q-15',
  title: 'A dead letter keeps its routing keys, those of CC too, unless the queue says another key.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, all] = [name('dead'), name('all')];
    await channel.assertExchange(exchange, 'direct');
    for (const key of ['to', 'cc', 'other']) {
      const queue = name(key);
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchange, key);
    }
    await channel.assertQueue(all);
    for (const key of ['to', 'cc', 'other']) await channel.bindQueue(all, exchange, key);
    const source = name('source');
    await channel.assertExchange(source, 'direct');
    for (const more of [{}, { 'x-dead-letter-routing-key': 'other' }]) {
      const queue = name('orders');
      await channel.assertQueue(queue, { arguments: { 'x-dead-letter-exchange': exchange, ...more } });
      await channel.bindQueue(queue, source, 'to');
      await publish(channel, source, 'to', 'm', { CC: ['cc'] });
      const message = await channel.get(queue);
      if (message) channel.nack(message, false, false);
      await until(async () => (await ready(channel, all)) === 1);
      for (const dead of await drain(channel, all))
        observe('dead', {
          routingKey: dead.fields.routingKey,
          exchange: dead.fields.exchange,
          headers: headersOf(dead),
        });
      await channel.deleteQueue(queue);
    }
  },
});
