import { defineConformance } from '../define';
import { consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'Q-102',
  title: 'The leader of a stream dies: what was confirmed is read on from where the reader was.',
  broker: 'rabbitmq',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, name, observe } = tools;
    const declaring = await open(tools, 'declaring', { node: 1 });
    const queue = name('events');
    await declaring.channel.assertQueue(queue, { arguments: { 'x-queue-type': 'stream' } });
    const { channel } = await openConfirming(tools, 'client', { node: 2 });
    observe('confirmed', await send(channel, queue, ['1', '2', '3']));
    await fault.crash(1);
    observe('confirmed after', await send(channel, queue, ['4', '5']));
    const reader = await open(tools, 'reader', { node: 3 });
    await reader.channel.prefetch(10);
    const reading = await consume(reader.channel, queue, {
      arguments: { 'x-stream-offset': 'first' },
      ack: true,
    });
    observe('read', await settled(tools, reading, 5));
    await fault.start(1);
  },
});
