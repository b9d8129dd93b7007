import { defineConformance } from '../define';
import { bodyOf, drain, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-19',
  title: 'Priorities in a quorum queue: from 4.0 two of those above 4 for one of the others.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    for (const priority of [0, 4, 5, 9])
      for (const body of ['a', 'b', 'c']) await send(channel, queue, [`${body}${priority}`], { priority });
    const got = await drain(channel, queue);
    observe('order', got.map(bodyOf));
  },
});
