import { defineConformance } from '../define';
import { consume, open, openConfirming, ready, rejectionOf, send } from './steps';

export default defineConformance({
  id: 'Q-49',
  title: 'A consumer whose queue is deleted is told so.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consumer = await open(tools, 'consumer');
    const consuming = await consume(consumer.channel, queue);
    await send(channel, queue, ['1']);
    await until(() => consuming.seen.length === 1);
    observe('deleted', await channel.deleteQueue(queue));
    await until(() => consuming.seen.length === 2);
    consumer.channel.ack(consuming.messages[0]);
    observe('seen', consuming.seen);
    await channel.assertQueue(queue);
    observe('ready', await ready(consumer.channel, queue));
    observe('cancel again', await rejectionOf(consumer.channel.cancel(consuming.consumerTag)));
    observe('cancel nobody', await rejectionOf(consumer.channel.cancel('nobody')));
    observe('channel', consumer.happened);
  },
});
