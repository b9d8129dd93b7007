import { defineConformance } from '../define';
import { drained, openConfirming, send } from './steps';

export default defineConformance({
  id: 'R-19',
  title: 'A full queue that rejects publishes answers them with nack, and keeps what it has.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxLength: 2, arguments: { 'x-overflow': 'reject-publish' } });
    observe('answers', await send(channel, queue, ['1', '2', '3', '4']));
    observe('queue', await drained(channel, queue));
  },
});
