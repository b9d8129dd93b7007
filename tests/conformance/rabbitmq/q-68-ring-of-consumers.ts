import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-68',
  title: 'Who may have no more leaves the round of consumers, and comes back at its end.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    for (const type of ['classic', 'quorum']) {
      const queue = name('orders');
      await channel.assertQueue(queue, { arguments: { 'x-queue-type': type } });
      const consumers: Consuming[] = [];
      const channels: Channel[] = [];
      for (const who of ['a', 'b', 'c']) {
        const { channel: own } = await open(tools, who);
        await own.prefetch(who === 'b' ? 1 : 3);
        channels.push(own);
        consumers.push(await consume(own, queue));
      }
      const total = () => consumers.map(({ seen }) => seen.length).reduce((a, b) => a + b);
      const sendAll = async (bodies: string[]): Promise<void> => {
        const before = total();
        for (const [index, body] of bodies.entries()) {
          await send(channel, queue, [body]);
          await until(() => total() === before + index + 1);
        }
      };
      await sendAll(['1', '2', '3', '4', '5']);
      channels[1].ack(consumers[1].messages[0]);
      await channels[1].checkQueue(queue);
      await sleep(200);
      await sendAll(['6', '7', '8']);
      observe(
        type,
        consumers.map(({ seen }) => seen),
      );
    }
  },
});
