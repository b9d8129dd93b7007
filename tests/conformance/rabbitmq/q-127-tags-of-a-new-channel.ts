import { defineConformance } from '../define';
import { confirmingOn, drained, openConfirming, openOn, ready, send } from './steps';

export default defineConformance({
  id: 'Q-127',
  title: 'Every channel counts from 1: what it delivers and what it confirms.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel, connection } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1', '2']);
    const tags: number[] = [];
    for (let count = 0; count < 2; count++) {
      const own = await openOn(connection);
      const message = await own.channel.get(queue);
      if (message) tags.push(message.fields.deliveryTag);
      await own.channel.close();
      await until(async () => (await ready(channel, queue)) === 2);
    }
    const second = await confirmingOn(connection);
    observe('confirmed on another channel', await send(second.channel, queue, ['3']));
    observe('tags', tags);
    observe('queue', await drained(channel, queue));
  },
});
