import { defineConformance } from '../define';
import { drained, endOf, openConfirming, rejectionOf, send, watch } from './steps';

export default defineConformance({
  id: 'R-22',
  title:
    'What was confirmed, persistent, in a durable queue, outlives a crash of the broker; the rest does not.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe } = tools;
    const { channel, connection } = await openConfirming(tools);
    const [durable, transient] = [name('durable'), name('transient')];
    await channel.assertQueue(durable);
    await channel.assertQueue(transient, { durable: false });
    for (const queue of [durable, transient])
      for (const persistent of [true, false])
        await send(channel, queue, [persistent ? 'persistent' : 'not persistent'], { persistent });
    const ended = watch(connection);
    await fault.crash(1);
    await endOf(tools, ended);
    await fault.start(1);
    const after = await openConfirming(tools);
    observe('durable queue', await drained(after.channel, durable));
    observe('transient queue', await rejectionOf(after.channel.checkQueue(transient)));
  },
});
