import { defineConformance } from '../define';
import { drained, openConfirming, send } from './steps';

export default defineConformance({
  id: 'R-64',
  title: 'A queue that is neither durable nor exclusive may be declared.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel, happened } = await openConfirming(tools);
    const queue = name('orders');
    observe('declared', await channel.assertQueue(queue, { durable: false }));
    observe('sent', await send(channel, queue, ['m']));
    observe('queue', await drained(channel, queue));
    observe('channel', happened);
  },
});
