import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, send } from './steps';

export default defineConformance({
  id: 'X-04-rabbitmq',
  title: 'Every further consumer of a queue gets its share, however many there are.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consumers: Consuming[] = [];
    for (let count = 0; count < 6; count++) {
      const { channel: own } = await open(tools, `consumer ${count}`);
      await own.prefetch(1);
      consumers.push(await consume(own, queue));
    }
    await send(channel, queue, ['1', '2', '3', '4', '5', '6']);
    await until(() => consumers.every(({ seen }) => seen.length === 1));
    observe(
      'given',
      consumers.map(({ seen }) => seen),
    );
  },
});
