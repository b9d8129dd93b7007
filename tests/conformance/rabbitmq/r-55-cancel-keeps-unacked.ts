import { defineConformance } from '../define';
import { consume, drained, open, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-55',
  title:
    'Who cancels keeps what is not acknowledged yet, and may still acknowledge it; what comes later waits in the queue.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1', '2']);
    const consumer = await open(tools, 'consumer');
    await consumer.channel.prefetch(2);
    const consuming = await consume(consumer.channel, queue);
    await until(() => consuming.seen.length === 2);
    await consumer.channel.cancel(consuming.consumerTag);
    await send(channel, queue, ['3']);
    observe('ready', await ready(channel, queue));
    consumer.channel.ack(consuming.messages[0]);
    observe('ready after an ack', await ready(consumer.channel, queue));
    await consumer.channel.close();
    await until(async () => (await ready(channel, queue)) === 2);
    observe('channel', consumer.happened);
    observe('seen', consuming.seen);
    observe('queue', await drained(channel, queue));
  },
});
