import type { Channel, Options } from 'amqplib';
import { defineConformance } from '../define';
import { refusalOf } from './steps';

export default defineConformance({
  id: 'Q-66',
  title: 'What a stream cannot be.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const stream =
      (options: Options.AssertQueue, more: Record<string, unknown> = {}) =>
      (own: Channel) =>
        own.assertQueue(name('events'), { ...options, arguments: { 'x-queue-type': 'stream', ...more } });
    observe('not durable', (await refusalOf(tools, stream({ durable: false }))).answer);
    observe('exclusive', (await refusalOf(tools, stream({ exclusive: true }))).answer);
    observe('auto-delete', (await refusalOf(tools, stream({ autoDelete: true }))).answer);
    const tried: Record<string, unknown>[] = [
      { 'x-message-ttl': 1000 },
      { 'x-max-length': 10 },
      { 'x-dead-letter-exchange': 'x' },
      { 'x-single-active-consumer': true },
      { 'x-expires': 1000 },
      { 'x-max-age': '1h' },
      { 'x-max-age': 'old' },
      { 'x-max-length-bytes': 1000 },
      { 'x-stream-max-segment-size-bytes': 1000 },
      { 'x-overflow': 'reject-publish' },
    ];
    for (const more of tried)
      observe(JSON.stringify(more), (await refusalOf(tools, stream({}, more))).answer);
  },
});
