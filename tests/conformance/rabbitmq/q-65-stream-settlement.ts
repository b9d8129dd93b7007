import { defineConformance } from '../define';
import { openConfirming, openOn, seenOf, send, watch } from './steps';

export default defineConformance({
  id: 'Q-65',
  title: 'A stream takes an ack, a nack and a reject for the same; nothing is redelivered.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { amqp, name, observe, sleep, until } = tools;
    const { channel } = await openConfirming(tools);
    const queue = name('events');
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'stream' } });
    await send(channel, queue, ['1', '2', '3', '4', '5', '6']);
    for (const how of ['ack', 'nack', 'reject', 'reject without requeue'] as const) {
      const connection = await amqp.connect('reader');
      const ofConnection = watch(connection);
      const reader = await openOn(connection);
      await reader.channel.prefetch(1);
      const seen: string[] = [];
      await reader.channel.consume(
        queue,
        (message) => {
          seen.push(seenOf(message!));
          if (how === 'ack') reader.channel.ack(message!);
          else if (how === 'nack') reader.channel.nack(message!);
          else reader.channel.reject(message!, how === 'reject');
        },
        { arguments: { 'x-stream-offset': 'first' } },
      );
      await until(() => seen.length === 6 || ofConnection.includes('close'));
      await sleep(200);
      observe(how, { seen, channel: reader.happened, connection: [...ofConnection] });
      if (!ofConnection.includes('close')) await connection.close();
    }
  },
});
