import type { Channel, Options } from 'amqplib';
import { defineConformance } from '../define';
import { consume, open, openConfirming, refusalOf, seenOf, send, settled } from './steps';

export default defineConformance({
  id: 'R-68',
  title: 'A stream is read from where the reader says, again and again; it wants acks and a prefetch.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('events');
    const arguments_ = { 'x-queue-type': 'stream' };
    await channel.assertQueue(queue, { arguments: arguments_ });
    await send(channel, queue, ['1', '2', '3', '4', '5']);
    const read = async (offset: unknown, count: number): Promise<void> => {
      const reader = await open(tools, 'reader');
      await reader.channel.prefetch(10);
      const arguments_ = offset === undefined ? {} : { 'x-stream-offset': offset };
      const consuming = await consume(reader.channel, queue, { arguments: arguments_, ack: true });
      if (offset === undefined) await send(channel, queue, ['6']);
      await settled(tools, consuming, count);
      observe(
        `from ${String(offset)}`,
        consuming.messages.map((message) => [
          seenOf(message),
          message.properties.headers?.['x-stream-offset'] as unknown,
        ]),
      );
      await reader.connection.close();
    };
    await read('first', 5);
    await read('first', 5);
    await read(3, 2);
    await read(undefined, 1);
    const consumeWith = (options: Options.Consume, prefetch: number) => async (own: Channel) => {
      if (prefetch > 0) await own.prefetch(prefetch);
      await own.consume(queue, () => undefined, options);
    };
    observe('no prefetch', await refusalOf(tools, consumeWith({}, 0)));
    observe('noAck', await refusalOf(tools, consumeWith({ noAck: true }, 10)));
    observe('get', await refusalOf(tools, (own) => own.get(queue)));
    observe('purge', await refusalOf(tools, (own) => own.purgeQueue(queue)));
  },
});
