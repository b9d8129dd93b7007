import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, ready, send, settled } from './steps';

export default defineConformance({
  id: 'Q-03',
  title: 'Consumers of higher x-priority are given messages first, until they may have no more.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consumers: Consuming[] = [];
    const channels: Channel[] = [];
    for (const priority of [0, 10, 5]) {
      const { channel: own } = await open(tools, `priority ${priority}`);
      await own.prefetch(2);
      channels.push(own);
      consumers.push(await consume(own, queue, { priority }));
    }
    await send(channel, queue, ['1', '2', '3', '4', '5']);
    await settled(tools, consumers[0], 1);
    observe(
      'given to 0, 10 and 5',
      consumers.map(({ seen }) => [...seen]),
    );
    channels[1].ack(consumers[1].messages[0]);
    await until(async () => (await ready(channels[1], queue)) === 0);
    await send(channel, queue, ['6', '7']);
    await settled(tools, consumers[0], 2);
    observe(
      'given to 0, 10 and 5',
      consumers.map(({ seen }) => seen),
    );
  },
});
