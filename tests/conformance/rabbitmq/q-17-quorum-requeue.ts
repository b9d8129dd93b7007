import { defineConformance } from '../define';
import { consume, drained, open, openConfirming, ready, send } from './steps';

export default defineConformance({
  id: 'Q-17',
  title: 'Where a quorum queue puts what is returned to it, message by message and with its channel.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, sleep, until, version } = tools;
    const { channel } = await openConfirming(tools);
    const returned = async (how: string, args: Record<string, unknown>): Promise<void> => {
      const queue = name('orders');
      await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum', ...args } });
      await send(channel, queue, ['1', '2', '3', '4', '5']);
      const taker = await open(tools, 'taker');
      await taker.channel.prefetch(3);
      const taken = await consume(taker.channel, queue);
      await until(() => taken.seen.length === 3);
      await taker.channel.cancel(taken.consumerTag);
      if (how === 'one by one')
        for (const index of [2, 0, 1]) {
          taker.channel.nack(taken.messages[index]);
          await sleep(100);
        }
      if (how === 'all at once') taker.channel.nackAll();
      await taker.channel.close();
      await until(async () => (await ready(channel, queue)) === 5);
      observe(`${how} ${JSON.stringify(args)}`, await drained(channel, queue));
    };
    for (const args of [{}, { 'x-delivery-limit': 10 }, { 'x-delivery-limit': -1 }])
      for (const how of ['one by one', 'all at once', 'with the channel'])
        if (version === '4.0' || args['x-delivery-limit'] !== -1) await returned(how, args);
  },
});
