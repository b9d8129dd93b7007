import { defineConformance } from '../define';
import { drained, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-90',
  title: 'A full queue that rejects takes messages again when one is taken from it, or expires.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('orders');
    await channel.assertQueue(queue, { maxLength: 1, arguments: { 'x-overflow': 'reject-publish' } });
    observe('answers', await send(channel, queue, ['1', '2']));
    const held = await channel.get(queue);
    observe('answers', await send(channel, queue, ['3', '4']));
    if (held) channel.nack(held);
    await until(async () => (await ready(channel, queue)) === 2);
    observe('answers', await send(channel, queue, ['5']));
    observe('queue', await drained(channel, queue));
    await send(channel, queue, ['short'], { expiration: 200 });
    await sleep(600);
    observe('answers', await send(channel, queue, ['6']));
    observe('queue', await drained(channel, queue));
  },
});
