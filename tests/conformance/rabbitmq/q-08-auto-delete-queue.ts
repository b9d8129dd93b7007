import { defineConformance } from '../define';
import { consume, drain, endOf, open, openConfirming, rejectionOf, send, watch } from './steps';

export default defineConformance({
  id: 'Q-08',
  title:
    'An auto-delete queue goes with its last consumer, however that ends, and stays if it never had one.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const exists = async (queue: string): Promise<string> => {
      const { connection, channel: own } = await open(tools, 'asking');
      const missing = await rejectionOf(own.checkQueue(queue));
      await connection.close();
      return missing === null ? 'there' : 'gone';
    };
    const declared = async (): Promise<string> => {
      const queue = name('orders');
      await channel.assertQueue(queue, { autoDelete: true });
      return queue;
    };
    const never = await declared();
    await send(channel, never, ['m']);
    await drain(channel, never);
    observe('never had a consumer', await exists(never));
    const cancelled = await declared();
    const tags = [await consume(channel, cancelled), await consume(channel, cancelled)];
    await channel.cancel(tags[0].consumerTag);
    observe('one of two cancelled', await exists(cancelled));
    await channel.cancel(tags[1].consumerTag);
    observe('both cancelled', await exists(cancelled));
    const closed = await declared();
    const other = await open(tools, 'other');
    await consume(other.channel, closed);
    await other.channel.close();
    await until(async () => (await exists(closed)) === 'gone');
    observe('its channel closed', await exists(closed));
    const cut = await declared();
    const third = await open(tools, 'third');
    await consume(third.channel, cut);
    const ended = watch(third.connection);
    await fault.cut('third');
    await endOf(tools, ended);
    await until(async () => (await exists(cut)) === 'gone');
    observe('its connection cut', await exists(cut));
  },
});
