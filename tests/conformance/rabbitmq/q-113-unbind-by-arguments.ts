import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-113',
  title: 'Two bindings of one key with other arguments are two; to unbind takes the one that is named.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [exchange, queue] = [name('events'), name('orders')];
    await channel.assertExchange(exchange, 'headers');
    await channel.assertQueue(queue);
    await channel.bindQueue(queue, exchange, 'key', { 'x-match': 'all', a: 1 });
    await channel.bindQueue(queue, exchange, 'key', { 'x-match': 'all', b: 1 });
    await channel.bindQueue(queue, exchange, 'other', { 'x-match': 'all', a: 1 });
    const publishBoth = async (): Promise<string[]> => {
      await publish(channel, exchange, '', 'a', { headers: { a: 1 } });
      await publish(channel, exchange, '', 'b', { headers: { b: 1 } });
      return drained(channel, queue);
    };
    observe('bound', await publishBoth());
    await channel.unbindQueue(queue, exchange, 'key', { 'x-match': 'all', b: 1 });
    observe('b unbound', await publishBoth());
    await channel.unbindQueue(queue, exchange, 'key');
    observe('nothing unbound', await publishBoth());
    await channel.unbindQueue(queue, exchange, 'key', { 'x-match': 'all', a: 1 });
    observe('one of two unbound', await publishBoth());
    await channel.unbindQueue(queue, exchange, 'other', { 'x-match': 'all', a: 1 });
    observe('both unbound', await publishBoth());
  },
});
