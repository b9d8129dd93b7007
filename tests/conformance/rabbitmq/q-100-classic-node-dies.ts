import { defineConformance } from '../define';
import { consume, drained, open, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-100',
  title:
    'A classic queue whose node dies cancels its consumers elsewhere; after the node is back they begin anew.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const declaring = await open(tools, 'declaring', { node: 1 });
    const queue = name('orders');
    await declaring.channel.assertQueue(queue);
    const { channel, happened } = await openConfirming(tools, 'client', { node: 2 });
    await send(channel, queue, ['1', '2'], { persistent: true });
    const consumer = await open(tools, 'consumer', { node: 3 });
    await consumer.channel.prefetch(1);
    const consuming = await consume(consumer.channel, queue);
    await until(() => consuming.seen.length === 1);
    await fault.crash(1);
    await until(() => consuming.seen.length === 2);
    observe('seen', consuming.seen);
    await fault.start(1);
    const again = await openConfirming(tools, 'again', { node: 2 });
    observe('queue', await drained(again.channel, queue));
    observe('channels', [happened, consumer.happened]);
  },
});
