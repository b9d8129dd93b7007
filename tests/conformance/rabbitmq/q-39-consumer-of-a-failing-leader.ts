import { defineConformance } from '../define';
import { consume, endOf, open, openConfirming, send, watch } from './steps';

export default defineConformance({
  id: 'Q-39',
  title:
    'A consumer that is connected to the node that dies loses its channel, and another is given what it held.',
  broker: 'rabbitmq',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const queue = name('orders');
    const first = await open(tools, 'first', { node: 1 });
    await first.channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    const sender = await openConfirming(tools, 'sender', { node: 3 });
    await send(sender.channel, queue, ['1', '2', '3']);
    await first.channel.prefetch(2);
    const held = await consume(first.channel, queue);
    await until(() => held.seen.length === 2);
    const second = await open(tools, 'second', { node: 2 });
    const taking = await consume(second.channel, queue, { ack: true });
    await until(() => taking.seen.length === 1);
    const [ended, channelEnded] = [watch(first.connection), first.happened];
    await fault.crash(1);
    observe('its connection', await endOf(tools, ended));
    observe('its channel', channelEnded);
    await until(() => taking.seen.length === 3);
    observe('the other', taking.seen);
    await fault.start(1);
  },
});
