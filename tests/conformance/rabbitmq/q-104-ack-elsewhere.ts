import { defineConformance } from '../define';
import { drained, endOf, openConfirming, openOn, ready, send } from './steps';

export default defineConformance({
  id: 'Q-104',
  title: 'A message can be acknowledged only on the channel it came by.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel, connection } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1']);
    const message = await channel.get(queue);
    const other = await openOn(connection);
    if (message) other.channel.ack(message);
    observe('other channel', await endOf(tools, other.happened));
    await channel.close();
    const third = await openOn(connection);
    await until(async () => (await ready(third.channel, queue)) === 1);
    observe('queue', await drained(third.channel, queue));
  },
});
