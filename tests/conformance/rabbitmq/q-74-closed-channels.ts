import { defineConformance } from '../define';
import { openConfirming, openOn, rejectionOf, send, watch } from './steps';

export default defineConformance({
  id: 'Q-74',
  title: 'What a channel that is closed, or a connection that is closed, answers.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const { channel, connection, happened } = await openConfirming(tools);
    const ofConnection = watch(connection);
    const queue = name('orders');
    await channel.assertQueue(queue);
    await send(channel, queue, ['m']);
    const held = await channel.get(queue);
    await channel.close();
    observe('channel', happened);
    const tried: [string, () => unknown][] = [
      ['close', () => channel.close()],
      ['checkQueue', () => channel.checkQueue(queue)],
      ['consume', () => channel.consume(queue, () => undefined)],
      ['publish', () => channel.publish('', queue, Buffer.from('m'))],
      ['ack', () => held && channel.ack(held)],
    ];
    for (const [what, call] of tried) observe(what, await rejectionOf(Promise.resolve().then(call)));
    const other = await openOn(connection);
    await connection.close();
    observe('connection', ofConnection);
    observe('its other channel', other.happened);
    observe('createChannel', await rejectionOf(Promise.resolve().then(() => connection.createChannel())));
    observe('close again', await rejectionOf(Promise.resolve().then(() => connection.close())));
  },
});
