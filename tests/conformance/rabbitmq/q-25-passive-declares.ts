import { defineConformance } from '../define';
import { consume, open, openConfirming, refusalOf, send } from './steps';

export default defineConformance({
  id: 'Q-25',
  title: 'To ask for what is not there closes the channel; for a queue that is, its counts come.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [queue, exchange] = [name('orders'), name('events')];
    await channel.assertQueue(queue);
    await channel.assertExchange(exchange, 'topic');
    await send(channel, queue, ['1', '2', '3']);
    const consumer = await open(tools, 'consumer');
    await consumer.channel.prefetch(1);
    const consuming = await consume(consumer.channel, queue);
    await until(() => consuming.seen.length === 1);
    observe('queue', await channel.checkQueue(queue));
    observe('declared', await channel.assertQueue(queue));
    observe('exchange', await channel.checkExchange(exchange));
    observe('no queue', await refusalOf(tools, (own) => own.checkQueue(name('nope'))));
    observe('no exchange', await refusalOf(tools, (own) => own.checkExchange(name('nope'))));
    observe('consume', await refusalOf(tools, (own) => own.consume(name('nope'), () => undefined)));
    observe('get', await refusalOf(tools, (own) => own.get(name('nope'))));
    observe('purge', await refusalOf(tools, (own) => own.purgeQueue(name('nope'))));
    observe('bind', await refusalOf(tools, (own) => own.bindQueue(queue, name('nope'), 'key')));
    observe('unbind', await refusalOf(tools, (own) => own.unbindQueue(queue, name('nope'), 'key')));
  },
});
