import { defineConformance } from '../define';
import { bodyOf, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-61',
  title: 'get takes one message, says how many are left, and minds no prefetch.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1', '2', '3']);
    await channel.prefetch(1);
    for (let i = 0; i < 4; i++) {
      const message = await channel.get(queue);
      observe('got', message && [bodyOf(message), message.fields]);
    }
    observe('ready', await ready(channel, queue));
  },
});
