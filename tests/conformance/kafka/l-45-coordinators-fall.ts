import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';
import { committedOffsets, connectProducer, startReading } from './steps';

export default defineConformance({
  id: 'L-45',
  title:
    'Every node falls once, coordinators and leaders with it: a group reads on, and its commits are kept.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, client, name, fault, observe, until }) {
    const topic = name('orders');
    const groupId = name('billing');
    const admin = await createReplicated(
      kafka,
      topic,
      [
        [1, 2, 3],
        [2, 3, 1],
        [3, 1, 2],
      ],
      { 'min.insync.replicas': '2' },
    );
    const producer = await connectProducer(kafka, { retry: { retries: 30 } });
    const reading = await startReading(client('reader'), topic, { groupId });
    const values: string[] = [];
    const send = async (what: string) => {
      for (const partition of [0, 1, 2]) {
        const value = `${partition} ${what}`;
        values.push(value);
        await producer.send({ topic, messages: [{ partition, value }] });
      }
    };
    await send('at first');
    await until(() => reading.taken.length === 3);
    for (const node of [1, 2, 3]) {
      await fault.crash(node);
      await send(`without ${node}`);
      await until(() => values.every((value) => reading.taken.some((record) => record.value === value)), 90_000); // prettier-ignore
      await fault.start(node);
      await until(async () => (await inSyncOf(admin, topic)).every((nodes) => nodes.length === 3), 60_000);
    }
    const firsts = [0, 1, 2].map((partition) => [
      ...new Set(reading.taken.filter((record) => record.partition === partition).map(({ value }) => value)),
    ]);
    observe('first readings, by partition', firsts);
    await until(async () => (await committedOffsets(admin, groupId, topic)).every((offset) => offset === 4));
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
