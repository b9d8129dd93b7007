import { defineConformance } from '../define';
import { bodyOf, deathsOf, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-130',
  title: 'One queue, two reasons: x-death has an entry for each, and counts them apart.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [queue, waiting] = [name('orders'), name('waiting')];
    await channel.assertQueue(queue, {
      maxLength: 1,
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': waiting },
    });
    await channel.assertQueue(waiting, {
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue },
    });
    const moveBack = async (): Promise<void> => {
      await until(async () => (await ready(channel, waiting)) === 1);
      const message = await channel.get(waiting);
      if (!message) throw new Error('There was a message.');
      observe('deaths', [bodyOf(message), deathsOf(message)]);
      channel.nack(message, false, false);
      await until(async () => (await ready(channel, queue)) === 1);
    };
    await send(channel, queue, ['a', 'b']);
    const b = await channel.get(queue);
    if (b) channel.ack(b);
    await moveBack();
    const a = await channel.get(queue);
    if (a) channel.reject(a, false);
    await moveBack();
    await send(channel, queue, ['c']);
    await moveBack();
  },
});
