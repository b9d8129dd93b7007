import { defineConformance } from '../define';
import { deadLetterQueue, deathsOf, drain, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-25',
  title: "A message lives as long as the shorter of its own time to live and the queue's.",
  broker: 'rabbitmq',
  compare: {
    deaths: 'D',
    'shorter of the message': { code: 'T', min: 180, max: 900 },
    'shorter of the queue': { code: 'T', min: 950, max: 1900 },
  },
  async run(tools) {
    const { name, now, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { messageTtl: 1000, arguments: dead.arguments });
    const lifeOf = async (expiration: number): Promise<number> => {
      const began = now();
      await send(channel, queue, [String(expiration)], { expiration });
      await until(async () => (await ready(channel, dead.queue)) > 0);
      const lived = now() - began;
      for (const message of await drain(channel, dead.queue)) observe('deaths', deathsOf(message));
      return lived;
    };
    observe('shorter of the message', await lifeOf(200));
    observe('shorter of the queue', await lifeOf(5000));
  },
});
