import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { drained, open, openConfirming, openOn, refusalOf, send } from './steps';

export default defineConformance({
  id: 'R-62b',
  title: 'An exclusive queue is locked for other connections.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel, connection } = await open(tools);
    const queue = name('mine');
    await channel.assertQueue(queue, { exclusive: true });
    const calls: [string, (channel: Channel) => PromiseLike<unknown>][] = [
      ['declare', (own) => own.assertQueue(queue, { exclusive: true })],
      ['check', (own) => own.checkQueue(queue)],
      ['consume', (own) => own.consume(queue, () => undefined)],
      ['get', (own) => own.get(queue)],
      ['bind', (own) => own.bindQueue(queue, 'amq.topic', 'key')],
      ['purge', (own) => own.purgeQueue(queue)],
      ['delete', (own) => own.deleteQueue(queue)],
    ];
    for (const [what, call] of calls) observe(what, await refusalOf(tools, call));
    const sender = await openConfirming(tools, 'sender');
    observe('publish', await send(sender.channel, queue, ['m']));
    const second = await openOn(connection);
    observe('on another channel of its connection', await drained(second.channel, queue));
  },
});
