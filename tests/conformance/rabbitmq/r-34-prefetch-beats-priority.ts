import { defineConformance } from '../define';
import { consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'R-34',
  title: 'A message that was prefetched is not overtaken by one of higher priority.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxPriority: 5 });
    const consumer = await open(tools, 'consumer');
    await consumer.channel.prefetch(2);
    await send(channel, queue, ['low a', 'low b', 'low c'], { priority: 1 });
    const consuming = await consume(consumer.channel, queue);
    await until(() => consuming.seen.length === 2);
    await send(channel, queue, ['high'], { priority: 5 });
    consumer.channel.ack(consuming.messages[0]);
    await until(() => consuming.seen.length === 3);
    consumer.channel.ack(consuming.messages[1]);
    observe('seen', await settled(tools, consuming, 4));
  },
});
