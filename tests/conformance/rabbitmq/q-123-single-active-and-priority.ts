import { defineConformance } from '../define';
import { type Consuming, type Open, consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'Q-123',
  title:
    'The single active consumer of a classic queue stays so when one of higher priority comes; at its end the one of the highest priority follows.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-single-active-consumer': true } });
    const opened: Open[] = [];
    const consumers: Consuming[] = [];
    for (const priority of [0, 0, 5]) {
      const one = await open(tools, `consumer ${opened.length}`);
      opened.push(one);
      consumers.push(await consume(one.channel, queue, { priority, ack: true }));
    }
    await send(channel, queue, ['1', '2']);
    await settled(tools, consumers[0], 2);
    await opened[0].channel.cancel(consumers[0].consumerTag);
    await send(channel, queue, ['3']);
    await sleep(300);
    observe(
      'given',
      consumers.map(({ seen }) => seen),
    );
  },
});
