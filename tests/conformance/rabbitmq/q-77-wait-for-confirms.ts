import { defineConformance } from '../define';
import { drain, drained, openConfirming, rejectionOf } from './steps';

export default defineConformance({
  id: 'Q-77',
  title: 'waitForConfirms rejects when one of what it waits for was refused.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxLength: 1, arguments: { 'x-overflow': 'reject-publish' } });
    for (const body of ['1', '2', '3']) channel.sendToQueue(queue, Buffer.from(body));
    observe('three at once', await rejectionOf(channel.waitForConfirms()));
    await drain(channel, queue);
    channel.sendToQueue(queue, Buffer.from('4'));
    observe('one that fits', await rejectionOf(channel.waitForConfirms()));
    observe('nothing', await rejectionOf(channel.waitForConfirms()));
    observe('queue', await drained(channel, queue));
  },
});
