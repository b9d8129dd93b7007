import type { Channel } from 'amqplib';
import { defineConformance } from '../define';
import { drained, endOf, openConfirming, openOn, publish, rejectionOf, send, watch } from './steps';

export default defineConformance({
  id: 'Q-36',
  title:
    'A broker that restarts in good order: durable queues come back with what is persistent, and what was held is redelivered.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { fault, name, observe } = tools;
    const { channel, connection } = await openConfirming(tools);
    const [classic, quorum, transient, exclusive, unbound] = [
      'classic',
      'quorum',
      'transient',
      'exclusive',
      'unbound',
    ].map((base) => name(base));
    const [durableExchange, transientExchange] = [name('durable'), name('transient')];
    await channel.assertQueue(classic);
    await channel.assertQueue(unbound);
    await channel.assertQueue(quorum, { arguments: { 'x-queue-type': 'quorum' } });
    await channel.assertQueue(transient, { durable: false });
    await channel.assertQueue(exclusive, { exclusive: true });
    await channel.assertExchange(durableExchange, 'fanout');
    await channel.assertExchange(transientExchange, 'fanout', { durable: false });
    await channel.bindQueue(classic, durableExchange, '');
    await channel.bindQueue(transient, durableExchange, '');
    await channel.bindQueue(unbound, transientExchange, '');
    for (const queue of [classic, quorum]) {
      await send(channel, queue, ['held', 'persistent'], { persistent: true });
      await send(channel, queue, ['not persistent'], { persistent: false });
      await channel.get(queue);
    }
    const ended = watch(connection);
    await fault.restart(1);
    observe('connection', await endOf(tools, ended));
    const after = await openConfirming(tools);
    for (const queue of [classic, quorum]) observe('queue', await drained(after.channel, queue));
    await publish(after.channel, durableExchange, '', 'm');
    observe('by the durable exchange', await drained(after.channel, classic));
    const exists = async (what: string, call: (channel: Channel) => PromiseLike<unknown>): Promise<void> => {
      const own = await openOn(after.connection);
      observe(what, (await rejectionOf(call(own.channel))) === null ? 'there' : 'gone');
    };
    await exists('transient queue', (own) => own.checkQueue(transient));
    await exists('exclusive queue', (own) => own.checkQueue(exclusive));
    await exists('transient exchange', (own) => own.checkExchange(transientExchange));
  },
});
