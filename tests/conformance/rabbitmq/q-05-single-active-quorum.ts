import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, send } from './steps';

export default defineConformance({
  id: 'Q-05',
  title: 'The single active consumer of a quorum queue; one of higher priority takes over in 4.0.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      arguments: { 'x-queue-type': 'quorum', 'x-single-active-consumer': true },
    });
    const opened = [];
    const consumers: Consuming[] = [];
    for (const priority of [0, 0, 5]) {
      const one = await open(tools, `consumer ${opened.length}`);
      await one.channel.prefetch(1);
      opened.push(one);
      consumers.push(await consume(one.channel, queue, { priority }));
      await send(channel, queue, [String(opened.length)]);
      await sleep(200);
    }
    const seen = () => consumers.map((one) => [...one.seen]);
    observe('with one message each may hold', seen());
    opened[0].channel.ack(consumers[0].messages[0]);
    await sleep(400);
    observe('after the first acknowledged', seen());
    await opened[0].channel.cancel(consumers[0].consumerTag);
    await sleep(400);
    observe('after the first cancelled', seen());
  },
});
