import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'Q-112',
  title: 'What one consumer returns goes to the next in the round, also to itself.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consumers: Consuming[] = [];
    const channels: Channel[] = [];
    for (const who of ['a', 'b']) {
      const { channel: own } = await open(tools, who);
      await own.prefetch(1);
      channels.push(own);
      consumers.push(await consume(own, queue));
    }
    await send(channel, queue, ['1', '2', '3']);
    await until(() => consumers.every(({ seen }) => seen.length === 1));
    channels[0].nack(consumers[0].messages[0]);
    await until(() => consumers[0].seen.length === 2);
    channels[1].ack(consumers[1].messages[0]);
    await settled(tools, consumers[1], 2);
    observe(
      'given',
      consumers.map(({ seen }) => seen),
    );
  },
});
