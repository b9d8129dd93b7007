import { defineConformance } from '../define';
import { drained, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-114',
  title: 'A message that falls out of a queue for its length and is routed back to it is dropped.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      maxLength: 2,
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue },
    });
    observe('answers', await send(channel, queue, ['1', '2', '3', '4']));
    await sleep(300);
    observe('queue', await drained(channel, queue));
  },
});
