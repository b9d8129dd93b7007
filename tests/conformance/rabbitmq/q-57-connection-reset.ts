import { defineConformance } from '../define';
import { consume, drained, endOf, open, openConfirming, ready, rejectionOf, send, watch } from './steps';

export default defineConformance({
  id: 'Q-57',
  title: 'A client whose connection is reset: what it held goes back, and it may connect again.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1', '2', '3']);
    const consumer = await open(tools, 'consumer');
    await consumer.channel.prefetch(2);
    const held = await consume(consumer.channel, queue);
    await until(() => held.seen.length === 2);
    const ended = watch(consumer.connection);
    await fault.cut('consumer');
    observe('connection', await endOf(tools, ended));
    observe('channel', consumer.happened);
    await until(async () => (await ready(channel, queue)) === 3);
    const again = await open(tools, 'consumer');
    observe('again', await drained(again.channel, queue));
    observe(
      'ack on the old channel',
      await rejectionOf(Promise.resolve().then(() => consumer.channel.ack(held.messages[0]))),
    );
  },
});
