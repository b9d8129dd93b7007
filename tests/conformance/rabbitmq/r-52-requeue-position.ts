import type { GetMessage } from 'amqplib';
import { defineConformance } from '../define';
import { drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-52',
  title: 'What is returned to a classic queue stands again where it stood, whatever the order of returning.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1', '2', '3', '4', '5']);
    const taken: (GetMessage | false)[] = [];
    for (let i = 0; i < 3; i++) taken.push(await channel.get(queue));
    for (const index of [2, 0, 1]) {
      const message = taken[index];
      if (message) channel.nack(message);
    }
    await until(async () => (await ready(channel, queue)) === 5);
    observe('then', await drained(channel, queue));
  },
});
