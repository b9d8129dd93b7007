import { defineConformance } from '../define';
import { consume, drained, endOf, open, openConfirming, send, watch } from './steps';

export default defineConformance({
  id: 'Q-60',
  title: 'What was sent to a consumer without acks is gone when its connection breaks.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    const consumer = await open(tools, 'consumer');
    await consumer.channel.prefetch(1);
    const consuming = await consume(consumer.channel, queue, { noAck: true });
    await send(channel, queue, ['1', '2', '3']);
    await until(() => consuming.seen.length === 3);
    const ended = watch(consumer.connection);
    await fault.cut('consumer');
    await endOf(tools, ended);
    await until(async () => (await channel.checkQueue(queue)).consumerCount === 0);
    observe('given', consuming.seen);
    observe('queue', await drained(channel, queue));
    const wrong = await open(tools, 'wrong');
    await send(channel, queue, ['4']);
    const noAck = await wrong.channel.get(queue, { noAck: true });
    if (noAck) wrong.channel.ack(noAck);
    observe('ack of what needs none', await endOf(tools, wrong.happened));
  },
});
