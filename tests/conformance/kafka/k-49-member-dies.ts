import { defineConformance } from '../define';
import { createTopic } from './steps';

export default defineConformance({
  id: 'K-49',
  title:
    'A member that falls silent loses its partitions at the end of its session, and what it had not committed comes again.',
  broker: 'kafka',
  compare: {
    // The session began with the last heartbeat, up to 500 ms before; the other hears of it up to 500 ms later.
    'ms until the other is given it': { code: 'T', min: 9000, max: 14_000 },
    'given to': 'D',
  },
  async run({ kafka, client, name, now, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 2);
    const producer = kafka.producer();
    await producer.connect();
    const seen: { readonly member: string; readonly value: string }[] = [];
    const joins: Record<string, number> = {};
    let silentSince = 0;
    let wake = () => {};
    const silence = new Promise<void>((resolve) => (wake = resolve));
    for (const member of ['a', 'b']) {
      const consumer = client(member).consumer({
        groupId,
        sessionTimeout: 10_000,
        heartbeatInterval: 500,
        maxWaitTimeInMs: 200,
      });
      consumer.on('consumer.group_join', ({ payload }) => {
        joins[member] = payload.memberAssignment[topic]?.length ?? 0;
      });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message: { value } }) => {
          seen.push({ member, value: String(value) });
          if (silentSince > 0) return;
          // Of one that is dead the broker hears as much as of one whose handler never returns.
          silentSince = now();
          await silence;
        },
      });
    }
    await until(() => joins['a'] === 1 && joins['b'] === 1);
    await producer.send({ topic, messages: [{ partition: 0, value: 'order' }] });
    await until(() => seen.length === 2);
    observe('ms until the other is given it', now() - silentSince);
    observe('given to', seen[0].member === seen[1].member ? 'the same' : 'the other');
    wake();
    await admin.disconnect();
  },
});
