import { defineConformance } from '../define';
import { consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'R-49',
  title: 'A prefetch is that of the consumers that begin after it.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second] = [name('first'), name('second')];
    for (const queue of [first, second]) await channel.assertQueue(queue);
    const consumer = await open(tools, 'consumer');
    await consumer.channel.prefetch(3);
    const before = await consume(consumer.channel, first);
    await consumer.channel.prefetch(1);
    const after = await consume(consumer.channel, second);
    for (const queue of [first, second]) await send(channel, queue, ['1', '2', '3', '4', '5']);
    observe('begun before', await settled(tools, before, 3));
    observe('begun after', await settled(tools, after, 1));
  },
});
