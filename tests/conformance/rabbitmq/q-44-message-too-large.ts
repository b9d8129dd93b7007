import { defineConformance } from '../define';
import { endOf, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-44',
  title: 'A message above max_message_size closes the channel.',
  broker: 'rabbitmq',
  cluster: { config: { max_message_size: 100 } },
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel, happened } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    observe('100 bytes', await send(channel, queue, ['x'.repeat(100)]));
    observe('101 bytes', await send(channel, queue, ['x'.repeat(101)]));
    observe('channel', await endOf(tools, happened));
  },
});
