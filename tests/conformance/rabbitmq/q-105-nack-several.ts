import { defineConformance } from '../define';
import { consume, deadLetterQueue, drained, open, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-105',
  title: 'A nack of several returns or kills all that came before.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: dead.arguments });
    await send(channel, queue, ['1', '2', '3', '4', '5']);
    const holder = await open(tools, 'holder');
    await holder.channel.prefetch(4);
    const held = await consume(holder.channel, queue);
    await until(() => held.seen.length === 4);
    await holder.channel.cancel(held.consumerTag);
    holder.channel.ack(held.messages[1]);
    holder.channel.nack(held.messages[2], true, false);
    await until(async () => (await ready(channel, dead.queue)) === 2);
    observe('dead', await drained(channel, dead.queue));
    holder.channel.nack(held.messages[3], true, true);
    await until(async () => (await ready(channel, queue)) === 2);
    observe('queue', await drained(channel, queue));
  },
});
