import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, valuesIn, startReading } from './steps';
export default defineConformance({
  id: 'L-70',
  title:
    'Two members of a group read on over a failover; nothing is left out, and each partition keeps its order.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe, until } = tools;
    const topic = name('orders');
    const groupId = name('billing');
    const admin = await createReplicated(
      kafka,
      topic,
      [
        [1, 2, 3],
        [2, 3, 1],
        [3, 1, 2],
        [1, 3, 2],
      ],
      { 'min.insync.replicas': '2' },
    );
    const producer = await connectProducer(client('writer', { retry: { retries: 30 } }), {
      idempotent: true,
    });
    const a = await startReading(client('a'), topic, { groupId });
    const b = await startReading(client('b'), topic, { groupId });
    let n = 0;
    const send = async () => {
      for (const partition of [0, 1, 2, 3])
        await producer.send({ topic, messages: [{ partition, value: `v${n}` }] });
      n++;
    };
    const all = () => [...a.taken, ...b.taken];
    const until2 = () =>
      until(
        () =>
          [0, 1, 2, 3].every(
            (p) =>
              new Set(
                all()
                  .filter((t) => t.partition === p)
                  .map(({ offset }) => offset),
              ).size === n,
          ),
        120_000,
      );
    await send();
    await until2();
    await fault.crash(1);
    await send();
    await until2();
    await fault.start(1);
    await until(async () => (await inSyncOf(admin, topic)).every((isr) => isr.length === 3), 60_000);
    observe('leaders', await leadersOf(admin, topic));
    await send();
    await until2();
    observe('log', await valuesIn(tools, topic, 4, 12));
  },
});
