import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { open, refusalOf } from './steps';

export default defineConformance({
  id: 'R-62',
  title:
    'To declare a queue or an exchange again is no mistake if nothing differs; else it closes the channel.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await open(tools);
    const [queue, exchange] = [name('orders'), name('events')];
    observe('declared', await channel.assertQueue(queue, { maxLength: 10, messageTtl: 100 }));
    observe('declared', await channel.assertQueue(queue, { maxLength: 10, messageTtl: 100 }));
    await channel.assertExchange(exchange, 'topic');
    await channel.assertExchange(exchange, 'topic');
    const others: [string, (channel: Channel) => PromiseLike<unknown>][] = [
      ['another value', (own) => own.assertQueue(queue, { maxLength: 11, messageTtl: 100 })],
      ['one less', (own) => own.assertQueue(queue, { maxLength: 10 })],
      ['one more', (own) => own.assertQueue(queue, { maxLength: 10, messageTtl: 100, expires: 1000 })],
      ['not durable', (own) => own.assertQueue(queue, { maxLength: 10, messageTtl: 100, durable: false })],
      ['auto-delete', (own) => own.assertQueue(queue, { maxLength: 10, messageTtl: 100, autoDelete: true })],
      ['exclusive', (own) => own.assertQueue(queue, { maxLength: 10, messageTtl: 100, exclusive: true })],
      [
        'quorum',
        (own) =>
          own.assertQueue(queue, { maxLength: 10, messageTtl: 100, arguments: { 'x-queue-type': 'quorum' } }),
      ],
      ['exchange type', (own) => own.assertExchange(exchange, 'direct')],
      ['exchange not durable', (own) => own.assertExchange(exchange, 'topic', { durable: false })],
      ['exchange alternate', (own) => own.assertExchange(exchange, 'topic', { alternateExchange: 'x' })],
    ];
    for (const [what, call] of others) observe(what, await refusalOf(tools, call));
  },
});
