import { defineConformance } from '../define';
import { open, refusalOf } from './steps';

export default defineConformance({
  id: 'R-62e',
  title: 'A consumer tag that the channel has already closes the connection.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const queue = name('orders');
    const { channel } = await open(tools);
    await channel.assertQueue(queue);
    observe(
      'answer',
      await refusalOf(tools, async (own) => {
        const consumerTag = 'mine';
        await own.consume(queue, () => undefined, { consumerTag });
        await own.consume(queue, () => undefined, { consumerTag });
      }),
    );
  },
});
