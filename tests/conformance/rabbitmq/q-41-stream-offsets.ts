import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { consume, open, openConfirming, refusalOf, send, settled } from './steps';

export default defineConformance({
  id: 'Q-41',
  title: 'Where a reader of a stream may begin: a time, an interval, the last chunk; and what is no offset.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('events');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'stream' } });
    await send(channel, queue, ['1', '2']);
    await sleep(2100);
    await send(channel, queue, ['3']);
    const read = async (what: string, offset: unknown, count: number): Promise<void> => {
      const reader = await open(tools, 'reader');
      await reader.channel.prefetch(10);
      const consuming = await consume(reader.channel, queue, {
        arguments: { 'x-stream-offset': offset },
        ack: true,
      });
      observe(what, await settled(tools, consuming, count));
      await reader.connection.close();
    };
    await read('last', 'last', 1);
    await read('an hour', '1h', 3);
    await read('beyond the end', 100, 0);
    await read('time 0', { '!': 'timestamp', value: 0 }, 3);
    const consumeFrom = (offset: unknown) => async (own: Channel) => {
      await own.prefetch(10);
      await own.consume(queue, () => undefined, { arguments: { 'x-stream-offset': offset } });
    };
    observe('no offset', await refusalOf(tools, consumeFrom('nope')));
  },
});
