import { defineConformance } from '../define';
import { drained, openConfirming, send } from './steps';

export default defineConformance({
  id: 'R-31',
  title: 'A limit in bytes drops from the head until the newest fits, also the newest itself.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-max-length-bytes': 10 } });
    observe('answers', await send(channel, queue, ['aaaa', 'bbbb', 'cccc', '12d', 'e']));
    observe('queue', await drained(channel, queue));
    observe('answers', await send(channel, queue, ['a', 'longer than ten', 'b']));
    observe('queue', await drained(channel, queue));
  },
});
