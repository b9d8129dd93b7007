import { defineConformance } from '../define';
import { type Consuming, consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'Q-04',
  title: 'A single active consumer that cancels hands over to the next in line; what it holds stays its own.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: { 'x-single-active-consumer': true } });
    const opened = [];
    const consumers: Consuming[] = [];
    for (const who of ['first', 'second', 'third']) {
      const one = await open(tools, who);
      await one.channel.prefetch(2);
      opened.push(one);
      consumers.push(await consume(one.channel, queue));
    }
    await send(channel, queue, ['1', '2', '3', '4']);
    const seen = () => consumers.map((one) => [...one.seen]);
    await settled(tools, consumers[0], 2);
    observe('at first', seen());
    await opened[0].channel.cancel(consumers[0].consumerTag);
    await settled(tools, consumers[1], 2);
    observe('after the first cancelled', seen());
    await opened[1].connection.close();
    await settled(tools, consumers[2], 2);
    observe('after the connection of the second closed', seen());
    opened[0].channel.ack(consumers[0].messages[0]);
    await opened[0].channel.close();
    opened[2].channel.ack(consumers[2].messages[0]);
    await settled(tools, consumers[2], 3);
    observe('after the channel of the first closed', seen());
  },
});
