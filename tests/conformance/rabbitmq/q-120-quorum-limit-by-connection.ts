import { defineConformance } from '../define';
import {
  consume,
  deadLetterQueue,
  deathsOf,
  drain,
  endOf,
  open,
  openConfirming,
  ready,
  send,
  watch,
} from './steps';

export default defineConformance({
  id: 'Q-120',
  title: 'A consumer that dies holding a message counts against the delivery limit of a quorum queue.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const { channel } = await openConfirming(tools);
    const dead = await deadLetterQueue(tools, channel);
    const queue = name('orders');
    await channel.assertQueue(queue, {
      arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1, ...dead.arguments },
    });
    await send(channel, queue, ['m']);
    for (const who of ['first', 'second']) {
      const consumer = await open(tools, who);
      const consuming = await consume(consumer.channel, queue);
      await until(() => consuming.seen.length === 1);
      observe('seen', consuming.seen);
      const ended = watch(consumer.connection);
      await fault.cut(who);
      await endOf(tools, ended);
    }
    await until(async () => (await ready(channel, dead.queue)) === 1);
    observe('dead', (await drain(channel, dead.queue)).map(deathsOf));
  },
});
