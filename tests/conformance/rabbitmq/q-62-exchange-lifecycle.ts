import { defineConformance } from '../define';
import { drained, openConfirming, publish, refusalOf, rejectionOf } from './steps';

export default defineConformance({
  id: 'Q-62',
  title: 'To delete an exchange: in use, not there, and what becomes of its bindings.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, queue] = [name('events'), name('orders')];
    await channel.assertExchange(exchange, 'fanout');
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, exchange, '');
    observe('if unused', await refusalOf(tools, (own) => own.deleteExchange(exchange, { ifUnused: true })));
    await channel.deleteExchange(exchange);
    observe('again', await rejectionOf(channel.deleteExchange(exchange)));
    await channel.assertExchange(exchange, 'fanout');
    await publish(channel, exchange, '', 'm');
    observe('queue', await drained(channel, queue));
  },
});
