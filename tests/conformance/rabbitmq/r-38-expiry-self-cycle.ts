import { defineConformance } from '../define';
import { drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'R-38',
  title: 'A message that expires into the queue it was in is dropped.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      messageTtl: 100,
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue },
    });
    await send(channel, queue, ['m']);
    await until(async () => (await ready(channel, queue)) === 0);
    await sleep(300);
    observe('queue', await drained(channel, queue));
  },
});
