import { defineConformance } from '../define';
import { consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'Q-116',
  title: 'A reader of a stream that acknowledges nothing gets as much as its prefetch, or some more.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: {
    'given without acks': {
      code: 'I',
      invariant: 'at least the prefetch of 2, and not all 20',
      holds: (value) => Number(value) >= 2 && Number(value) < 20,
      why: 'A whole chunk is sent while there is credit left.',
    },
    'given after acks': 'D',
  },
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('events');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'stream' } });
    const bodies = Array.from({ length: 20 }, (_, index) => String(index + 1));
    await send(channel, queue, bodies);
    const reader = await open(tools, 'reader');
    await reader.channel.prefetch(2);
    const reading = await consume(reader.channel, queue, { arguments: { 'x-stream-offset': 'first' } });
    await settled(tools, reading, 2);
    observe('given without acks', reading.seen.length);
    let acknowledged = 0;
    await until(() => {
      for (; acknowledged < reading.messages.length; acknowledged++)
        reader.channel.ack(reading.messages[acknowledged]);
      return acknowledged === 20;
    });
    observe('given after acks', reading.seen);
  },
});
