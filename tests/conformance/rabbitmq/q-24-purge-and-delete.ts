import { defineConformance } from '../define';
import { consume, deadLetterQueue, open, openConfirming, ready, refusalOf, send } from './steps';

export default defineConformance({
  id: 'Q-24',
  title:
    'What purge and delete count; neither dead-letters. A condition that does not hold closes the channel.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, { arguments: dead.arguments });
    await send(channel, queue, ['1', '2', '3']);
    const held = await channel.get(queue);
    observe('purged', await channel.purgeQueue(queue));
    observe('asked', await channel.checkQueue(queue));
    if (held) channel.nack(held);
    await until(async () => (await ready(channel, queue)) === 1);
    observe('if empty', await refusalOf(tools, (own) => own.deleteQueue(queue, { ifEmpty: true })));
    const consumer = await open(tools, 'consumer');
    await consume(consumer.channel, queue);
    observe('if unused', await refusalOf(tools, (own) => own.deleteQueue(queue, { ifUnused: true })));
    await consumer.channel.close();
    await until(async () => (await ready(channel, queue)) === 1);
    await send(channel, queue, ['4']);
    observe('deleted', await channel.deleteQueue(queue));
    observe('deleted again', await channel.deleteQueue(queue));
    observe('dead', await ready(channel, dead.queue));
  },
});
