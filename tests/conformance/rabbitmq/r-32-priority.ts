import { defineConformance } from '../define';
import { bodyOf, drain, openConfirming, send } from './steps';

export default defineConformance({
  id: 'R-32',
  title:
    'A classic queue with priorities: the highest first, in their order within one; above the maximum is the maximum, none is 0.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxPriority: 5 });
    const messages: [string, number | undefined][] = [
      ['n1', undefined],
      ['p1a', 1],
      ['p5a', 5],
      ['p9', 9],
      ['p1b', 1],
      ['p5b', 5],
      ['n0', 0],
      ['n2', undefined],
    ];
    for (const [body, priority] of messages)
      await send(channel, queue, [body], priority === undefined ? {} : { priority });
    const got = await drain(channel, queue);
    observe('order', got.map(bodyOf));
    observe(
      'priorities',
      got.map(({ properties }) => properties.priority as unknown),
    );
  },
});
