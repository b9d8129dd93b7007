import { defineConformance } from '../define';
import { consume, open, openConfirming, send, settled } from './steps';

export default defineConformance({
  id: 'X-03-rabbitmq',
  title: 'What was acknowledged is gone from classic and quorum queues; a stream is read again.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel } = await openConfirming(tools);
    for (const type of ['classic', 'quorum', 'stream']) {
      const queue = name('events');
      await channel.assertQueue(queue, { arguments: { 'x-queue-type': type } });
      await send(channel, queue, ['1', '2', '3']);
      for (const time of ['first', 'second']) {
        const { channel: own, connection } = await open(tools, 'reader');
        await own.prefetch(10);
        const fromStart = type === 'stream' ? { arguments: { 'x-stream-offset': 'first' } } : {};
        const reading = await consume(own, queue, { ...fromStart, ack: true });
        const expected = time === 'first' || type === 'stream' ? 3 : 0;
        observe(type, await settled(tools, reading, expected));
        await connection.close();
      }
    }
  },
});
