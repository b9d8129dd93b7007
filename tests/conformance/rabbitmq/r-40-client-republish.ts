import { defineConformance } from '../define';
import { deadLetterQueue, deathsOf, drain, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-40',
  title: 'Whether x-death counts on when a program publishes a dead message again with its headers.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: dead.arguments });
    let headers: Record<string, unknown> = {};
    for (let round = 1; round <= 3; round++) {
      await send(channel, queue, ['m'], { headers });
      const message = await channel.get(queue);
      if (message) channel.nack(message, false, false);
      await until(async () => (await ready(channel, dead.queue)) === 1);
      for (const died of await drain(channel, dead.queue)) {
        observe('deaths', deathsOf(died));
        headers = died.properties.headers as Record<string, unknown>;
      }
    }
  },
});
