import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'Q-28',
  title:
    'A global prefetch is shared by the consumers of a channel; one that is not global, set after it, ends it.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    for (const order of ['global last', 'global first']) {
      const queues = [name('first'), name('second')];
      for (const queue of queues) await channel.assertQueue(queue);
      const consumer = await open(tools, 'consumer');
      if (order === 'global first') await consumer.channel.prefetch(3, true);
      await consumer.channel.prefetch(2);
      if (order === 'global last') await consumer.channel.prefetch(3, true);
      const consumers: Consuming[] = [];
      for (const queue of queues) consumers.push(await consume(consumer.channel, queue));
      await send(channel, queues[0], ['1', '2', '3']);
      await settled(tools, consumers[0], 2);
      await send(channel, queues[1], ['4', '5', '6']);
      await settled(tools, consumers[1], 1);
      observe(
        order,
        consumers.map(({ seen }) => [...seen]),
      );
      consumer.channel.ack(consumers[1].messages[0]);
      await sleep(300);
      observe(
        `${order}, after an ack`,
        consumers.map(({ seen }) => seen.length).reduce((a, b) => a + b),
      );
    }
  },
});
