import { defineConformance } from '../define';
import { drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-117',
  title: 'The length of a quorum queue in bytes; what is held does not count.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum', 'x-max-length-bytes': 10 } });
    observe('answers', await send(channel, queue, ['aaaa', 'bbbb', 'cccc', '12d', 'e']));
    observe('queue', await drained(channel, queue));
    await send(channel, queue, ['aaaa', 'bbbb']);
    const held = await channel.get(queue);
    await send(channel, queue, ['cccc']);
    observe('ready beside one that is held', await ready(channel, queue));
    if (held) channel.nack(held);
    await sleep(300);
    observe('queue after it is returned', await drained(channel, queue));
  },
});
