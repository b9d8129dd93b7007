import { defineConformance } from '../define';
import { consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'R-46',
  title: 'Without a prefetch the first consumer is given the whole backlog.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    const first = await open(tools, 'first');
    const second = await open(tools, 'second');
    const consumers = [await consume(first.channel, queue), await consume(second.channel, queue)];
    observe('first', await settled(tools, consumers[0], 10));
    observe('second', consumers[1].seen);
  },
});
