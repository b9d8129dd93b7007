import { defineConformance } from '../define';
import { drain, endOf, headersOf, open, openConfirming, ready, seenOf, send, watch } from './steps';

export default defineConformance({
  id: 'Q-38',
  title: 'A quorum queue keeps over a crash what is not persistent too, and how often a message was given.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, sleep, until } = tools;
    const { channel, connection } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    await send(channel, queue, ['persistent'], { persistent: true });
    await send(channel, queue, ['not persistent'], { persistent: false });
    const message = await channel.get(queue);
    if (message) channel.nack(message);
    await until(async () => (await ready(channel, queue)) === 2);
    // A node notes a moment later which quorum queues it has; one that is killed before comes back without.
    await sleep(1500);
    const ended = watch(connection);
    await fault.crash(1);
    await endOf(tools, ended);
    await fault.start(1);
    const after = await open(tools);
    for (const each of await drain(after.channel, queue)) observe('after', [seenOf(each), headersOf(each)]);
  },
});
