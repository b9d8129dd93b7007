import { defineConformance } from '../define';
import { deadLetterQueue, deathsOf, drain, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-65b',
  title: 'How often a quorum queue gives a message for which no limit is set.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum', ...dead.arguments } });
    await send(channel, queue, ['m']);
    let given = 0;
    await channel.consume(queue, (message) => {
      given++;
      if (given < 30) channel.nack(message!);
      else channel.ack(message!);
    });
    await until(async () => given === 30 || (await ready(channel, dead.queue)) === 1);
    observe('given', given);
    observe('dead', (await drain(channel, dead.queue)).map(deathsOf));
  },
});
