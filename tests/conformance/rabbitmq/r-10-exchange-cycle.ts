import { defineConformance } from '../define';
import { drain, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-10',
  title: 'Two exchanges bound to each other bring one copy, which names the exchange it was published to.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second, queue] = [name('first'), name('second'), name('orders')];
    for (const exchange of [first, second]) await channel.assertExchange(exchange, 'fanout');
    await channel.bindExchange(second, first, '');
    await channel.bindExchange(first, second, '');
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, second, '');
    await publish(channel, first, 'key', 'm');
    for (const { fields, content } of await drain(channel, queue))
      observe('got', { body: String(content), exchange: fields.exchange, routingKey: fields.routingKey });
  },
});
