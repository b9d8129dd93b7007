import { defineConformance } from '../../define';
import { drained, open, openConfirming, publish, ready, rejectionOf } from '../../rabbitmq/steps';

export default defineConformance({
  id: 'Q-101',
  title:
    'What becomes of queues on a node that dies when they are not durable, and of one that another connection owns.',
  broker: 'rabbitmq',
  versions: ['4.0', '3.10'],
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const first = await open(tools, 'first', { node: 1 });
    const [transient, bound] = [name('transient'), name('bound')];
    const exchange = name('events');
    await first.channel.assertExchange(exchange, 'fanout');
    await first.channel.assertQueue(transient, { durable: false });
    await first.channel.assertQueue(bound);
    for (const queue of [transient, bound]) await first.channel.bindQueue(queue, exchange, '');
    const { channel } = await openConfirming(tools, 'client', { node: 2 });
    const returned: string[] = [];
    channel.on('return', ({ fields }: { fields: { replyText: string } }) => returned.push(fields.replyText));
    observe('before', await publish(channel, exchange, '', 'a', { mandatory: true, persistent: true }));
    await fault.crash(1);
    await until(async () => {
      const { channel: own, connection } = await open(tools, 'asking', { node: 2 });
      const declared = await rejectionOf(own.assertQueue(transient, { durable: false }));
      await connection.close();
      return declared === null;
    });
    observe('returned', returned);
    await fault.start(1);
    const after = await openConfirming(tools, 'after', { node: 3 });
    observe('declared anew elsewhere', await ready(after.channel, transient));
    observe('durable', await drained(after.channel, bound));
    observe('published', await publish(after.channel, exchange, '', 'b', { mandatory: true }));
    observe('durable', await drained(after.channel, bound));
    observe('declared anew', await drained(after.channel, transient));
  },
});
