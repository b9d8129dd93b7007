import { defineConformance } from '../define';
import { drained, openConfirming, publish, refusalOf } from './steps';

export default defineConformance({
  id: 'Q-11',
  title:
    'Exchanges bound to exchanges: patterns hold at every step, and what is unbound brings nothing more.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [outer, inner, queue] = [name('outer'), name('inner'), name('orders')];
    await channel.assertExchange(outer, 'topic');
    await channel.assertExchange(inner, 'direct');
    await channel.assertQueue(queue);
    await channel.bindExchange(inner, outer, 'orders.#');
    await channel.bindQueue(queue, inner, 'orders.placed');
    for (const key of ['orders.placed', 'orders.paid', 'placed']) await publish(channel, outer, key, key);
    await channel.bindQueue(queue, outer, '#');
    await publish(channel, outer, 'orders.placed', 'by two ways');
    await channel.unbindExchange(inner, outer, 'orders.#');
    await channel.unbindExchange(inner, outer, 'orders.#');
    await channel.unbindQueue(queue, outer, '#');
    await publish(channel, outer, 'orders.placed', 'unbound');
    observe('queue', await drained(channel, queue));
    observe('from nowhere', await refusalOf(tools, (own) => own.bindExchange(inner, name('nope'), 'key')));
    observe('to nowhere', await refusalOf(tools, (own) => own.bindQueue(name('nope'), inner, 'key')));
  },
});
