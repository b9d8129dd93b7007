import type { Channel } from 'amqplib';
import { defineConformance, type Tools } from '../define';
import {
  consume,
  drained,
  endOf,
  open,
  openConfirming,
  openOn,
  publish,
  rejectionOf,
  send,
  watch,
} from './steps';

/** What a channel to the second node answers. */
async function refusalOn2(tools: Tools, call: (channel: Channel) => PromiseLike<unknown>): Promise<unknown> {
  const { connection, channel } = await open(tools, 'asking', { node: 2 });
  const answer = await rejectionOf(call(channel));
  await connection.close();
  return answer;
}

export default defineConformance({
  id: 'R-70',
  title:
    'When a node dies a quorum queue goes on with all that was confirmed; a classic queue is gone until its node returns.',
  broker: 'rabbitmq',
  cluster: { nodes: 3 },
  versions: ['4.0', '3.10'],
  compare: 'D',
  async run(tools) {
    const { fault, name, observe, until } = tools;
    const declaring = await open(tools, 'declaring', { node: 1 });
    const [quorum, classic] = [name('quorum'), name('classic')];
    await declaring.channel.assertQueue(quorum, { arguments: { 'x-queue-type': 'quorum' } });
    await declaring.channel.assertQueue(classic);
    const { connection, channel } = await openConfirming(tools, 'client', { node: 2 });
    const bodies = ['1', '2', '3'];
    observe('confirmed', [
      await send(channel, quorum, bodies),
      await send(channel, classic, bodies, { persistent: true }),
    ]);
    const consumer = await openOn(connection);
    await consumer.channel.prefetch(1);
    const consuming = await consume(consumer.channel, quorum);
    await until(() => consuming.seen.length === 1);
    const ended = watch(declaring.connection);
    await fault.crash(1);
    observe('connection to the node', await endOf(tools, ended));
    observe('confirmed after', await send(channel, quorum, ['4']));
    for (let count = 1; count <= 4; count++) {
      await until(() => consuming.seen.length >= count);
      consumer.channel.ack(consuming.messages[count - 1]);
    }
    observe('consumed', consuming.seen);
    // 4.0 looks for the queue again and again, for a minute or more.
    const [declared, checked] = await Promise.all([
      refusalOn2(tools, (own) => own.assertQueue(classic)),
      refusalOn2(tools, (own) => own.checkQueue(classic)),
    ]);
    observe('classic declared', declared);
    observe('classic checked', checked);
    const returned: string[] = [];
    channel.on('return', ({ fields }: { fields: { replyText: string } }) => returned.push(fields.replyText));
    observe('classic published', await publish(channel, '', classic, 'lost', { mandatory: true }));
    observe('returned', returned);
    await fault.start(1);
    const after = await open(tools, 'after', { node: 2 });
    observe('classic after', await drained(after.channel, classic));
  },
});
