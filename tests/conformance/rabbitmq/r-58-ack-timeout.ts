import { defineConformance } from '../define';
import { consume, drained, open, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-58',
  title: 'Who holds a message too long loses the channel, and the message goes back to the queue.',
  broker: 'rabbitmq',
  cluster: { config: { consumer_timeout: 10_000 } },
  compare: {
    // It is looked for once in 60 s.
    ms: { code: 'T', min: 9900, max: 75_000 },
    channel: 'D',
    queue: 'D',
  },
  async run(tools) {
    const { name, now, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['m']);
    const holder = await open(tools, 'holder');
    const held = await consume(holder.channel, queue);
    await until(() => held.seen.length === 1);
    const began = now();
    await until(() => holder.happened.includes('close'), 150_000);
    observe('ms', now() - began);
    observe('channel', holder.happened);
    await until(async () => (await ready(channel, queue)) === 1);
    observe('queue', await drained(channel, queue));
  },
});
