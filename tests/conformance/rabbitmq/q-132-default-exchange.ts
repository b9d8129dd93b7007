import type { Message } from 'amqplib';
import { defineConformance } from '../define';
import { drained, openConfirming, publish } from './steps';

export default defineConformance({
  id: 'Q-132',
  title: 'The default exchange knows every queue by its name, as long as it is there, and nobody else.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    const returned: string[] = [];
    channel.on('return', ({ fields }: Message) => returned.push(fields.routingKey));
    const mandatory = { mandatory: true };
    observe('before', await publish(channel, '', queue, '1', mandatory));
    await channel.assertQueue(queue);
    observe('while it is there', await publish(channel, '', queue, '2', mandatory));
    observe('queue', await drained(channel, queue));
    await channel.deleteQueue(queue);
    observe('after', await publish(channel, '', queue, '3', mandatory));
    observe('returned', returned);
  },
});
