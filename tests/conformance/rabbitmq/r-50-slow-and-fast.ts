import { defineConformance } from '../define';
import { consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'R-50',
  title: 'With a prefetch of 1 a slow consumer holds one message, and the fast one gets the others.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const [slow, fast] = [await open(tools, 'slow'), await open(tools, 'fast')];
    for (const each of [slow, fast]) await each.channel.prefetch(1);
    const held = await consume(slow.channel, queue);
    const acknowledged = await consume(fast.channel, queue, { ack: true });
    await send(channel, queue, ['1', '2', '3', '4', '5', '6']);
    observe('fast', await settled(tools, acknowledged, 5));
    observe('slow', held.seen);
  },
});
