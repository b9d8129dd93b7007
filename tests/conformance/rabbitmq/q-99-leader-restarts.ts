import { defineConformance } from '../define';
import { consume, endOf, open, openConfirming, send, watch } from './steps';

export default defineConformance({
  id: 'Q-99',
  title: 'The leader of a quorum queue restarts in good order: a consumer elsewhere sees nothing of it.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const declaring = await open(tools, 'declaring', { node: 1 });
    const queue = name('orders');
    await declaring.channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    const { channel } = await openConfirming(tools, 'client', { node: 2 });
    const consumer = await open(tools, 'consumer', { node: 3 });
    await consumer.channel.prefetch(1);
    const consuming = await consume(consumer.channel, queue);
    await send(channel, queue, ['1', '2']);
    await until(() => consuming.seen.length === 1);
    const ended = watch(declaring.connection);
    await fault.restart(1);
    observe('connection to it', await endOf(tools, ended));
    observe('confirmed', await send(channel, queue, ['3']));
    for (let count = 1; count <= 3; count++) {
      await until(() => consuming.seen.length >= count);
      consumer.channel.ack(consuming.messages[count - 1]);
    }
    observe('consumed', consuming.seen);
    observe('channel', consumer.happened);
  },
});
