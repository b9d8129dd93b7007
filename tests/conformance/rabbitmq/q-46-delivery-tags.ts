import { defineConformance } from '../define';
import { consume, drained, open, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-46',
  title:
    'Delivery tags count the deliveries of a channel, to whomever; an ack of several takes all before it.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const [first, second] = [name('first'), name('second')];
    for (const queue of [first, second]) {
      await channel.assertQueue(queue);
      await send(channel, queue, ['1', '2', '3']);
    }
    const consumer = await open(tools, 'consumer');
    await consumer.channel.prefetch(2);
    const consuming = await consume(consumer.channel, first);
    await until(() => consuming.seen.length === 2);
    const got = await consumer.channel.get(second);
    const automatic = await consumer.channel.get(second, { noAck: true });
    observe('tags', [
      ...consuming.messages.map(({ fields }) => fields.deliveryTag),
      got && got.fields.deliveryTag,
      automatic && automatic.fields.deliveryTag,
    ]);
    consumer.channel.ack(consuming.messages[1], true);
    await until(() => consuming.seen.length === 3);
    await consumer.channel.close();
    await until(async () => (await ready(channel, second)) === 2);
    observe('first', await drained(channel, first));
    observe('second', await drained(channel, second));
  },
});
