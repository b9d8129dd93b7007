import { defineConformance } from '../define';
import { drained, open, openConfirming, publish, rejectionOf } from './steps';

export default defineConformance({
  id: 'Q-101',
  title:
    'A transient queue is gone for good with its node, a durable one until the node is back; what is published meanwhile.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const first = await open(tools, 'first', { node: 1 });
    const [transient, durable] = [name('transient'), name('durable')];
    const exchange = name('events');
    await first.channel.assertExchange(exchange, 'fanout');
    await first.channel.assertQueue(transient, { durable: false });
    await first.channel.assertQueue(durable);
    for (const queue of [transient, durable]) await first.channel.bindQueue(queue, exchange, '');
    const { channel } = await openConfirming(tools, 'client', { node: 2 });
    const returned: string[] = [];
    channel.on('return', ({ fields }: { fields: { replyText: string } }) => returned.push(fields.replyText));
    const options = { mandatory: true, persistent: true };
    observe('published before', await publish(channel, exchange, '', 'a', options));
    await fault.crash(1);
    await until(async () => {
      const { channel: own, connection } = await open(tools, 'asking', { node: 2 });
      const missing = await rejectionOf(own.checkQueue(transient));
      await connection.close();
      return missing !== null;
    });
    observe('published meanwhile', await publish(channel, exchange, '', 'b', options));
    observe('returned', returned);
    await fault.start(1);
    const after = await openConfirming(tools, 'after', { node: 3 });
    observe('published after', await publish(after.channel, exchange, '', 'c', options));
    observe('durable', await drained(after.channel, durable));
    observe('transient', await rejectionOf(after.channel.checkQueue(transient)));
  },
});
