import { defineConformance } from '../define';
import { drained, endOf, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'R-28',
  title: 'An expiration that is no number closes the channel.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const queue = name('orders');
    const { channel } = await openConfirming(tools);
    await channel.assertQueue(queue);
    for (const expiration of ['abc', '-1', '1.5', '']) {
      const one = await openConfirming(tools);
      observe('answer', await publish(one.channel, '', queue, 'm', { expiration }));
      if (expiration !== '') await endOf(tools, one.happened);
      observe('channel', one.happened);
    }
    observe('queue', await drained(channel, queue));
  },
});
