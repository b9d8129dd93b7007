import { defineConformance } from '../define';
import { consume, openConfirming, publish, send, settled } from './steps';

export default defineConformance({
  id: 'Q-64',
  title: 'A broker that stands still for a while answers afterwards, and nothing is lost.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, now, observe } = tools;
    const { channel, happened } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consuming = await consume(channel, queue, { ack: true });
    await send(channel, queue, ['1']);
    await fault.pause(1, 2000);
    const began = now();
    observe('answer', await publish(channel, '', queue, '2'));
    observe('waited', now() - began > 1000);
    observe('seen', await settled(tools, consuming, 2));
    observe('channel', happened);
  },
});
