import { defineConformance } from '../define';
import { drained, endOf, openConfirming, openOn, ready, send, watch } from './steps';

export default defineConformance({
  id: 'R-56',
  title: 'To acknowledge twice closes the channel; the message stays acknowledged and the connection open.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { connection, channel } = await openConfirming(tools);
    const ofConnection = watch(connection);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['1', '2']);
    const twice = await openOn(connection);
    const message = await twice.channel.get(queue);
    if (!message) throw new Error('There was a message.');
    twice.channel.ack(message);
    twice.channel.ack(message);
    observe('channel', await endOf(tools, twice.happened));
    const unknown = await openOn(connection);
    const held = await unknown.channel.get(queue);
    if (!held) throw new Error('There was a message.');
    unknown.channel.nack({ ...held, fields: { ...held.fields, deliveryTag: 7 } });
    observe('channel', await endOf(tools, unknown.happened));
    await until(async () => (await ready(channel, queue)) === 1);
    observe('queue', await drained(channel, queue));
    observe('connection', ofConnection);
  },
});
