import { defineConformance } from '../define';
import { deadLetterQueue, deathsOf, drain, drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-34',
  title: 'What is held does not expire; returned when its time is over, it is dead at once.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    for (const type of ['classic', 'quorum']) {
      const dead = await deadLetterQueue(tools, channel);
      const queue = name('orders');
      await channel.assertQueue(queue, {
        messageTtl: 200,
        arguments: { 'x-queue-type': type, ...dead.arguments },
      });
      await send(channel, queue, ['m']);
      const held = await channel.get(queue);
      await sleep(500);
      observe(`${type}: dead while held`, await ready(channel, dead.queue));
      if (held) channel.nack(held);
      await until(async () => (await ready(channel, dead.queue)) === 1);
      observe(`${type}: dead`, (await drain(channel, dead.queue)).map(deathsOf));
      observe(`${type}: queue`, await drained(channel, queue));
    }
  },
});
