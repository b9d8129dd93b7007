import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'R-47',
  title: 'With a prefetch of 2 consumers take turns, and who has acknowledged gets the next.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consumers: Consuming[] = [];
    const channels: Channel[] = [];
    for (const who of ['a', 'b']) {
      const { channel: own } = await open(tools, who);
      await own.prefetch(2);
      channels.push(own);
      consumers.push(await consume(own, queue));
    }
    await send(channel, queue, ['1', '2', '3', '4', '5', '6']);
    await until(() => consumers.every(({ seen }) => seen.length === 2));
    await sleep(300);
    observe('a', [...consumers[0].seen]);
    observe('b', [...consumers[1].seen]);
    channels[1].ack(consumers[1].messages[0]);
    observe('b after an ack', await settled(tools, consumers[1], 3));
    observe('a then', consumers[0].seen);
  },
});
