import { defineConformance } from '../../define';
import { createReplicated, inSyncOf, leadersOf } from '../replicas';
export default defineConformance({
  id: 'J-81',
  title: 'Java consumers of both protocols read and commit on, whichever leader or coordinator falls.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, java, name, fault, observe, until }) {
    for (const protocol of ['classic', 'consumer']) {
      const topic = name('orders');
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
      const producer = await java.producer('writer');
      const consumer = await java.consumer('reader', {
        'group.id': name('g'),
        'group.protocol': protocol,
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
      });
      await consumer.subscribe([topic]);
      const taken: string[] = [];
      let n = 0;
      const round = async (what: string) => {
        for (const partition of [0, 1, 2])
          await producer.send({ topic, partition, value: `${partition} ${what}` });
        n += 3;
        await until(async () => {
          for (const { value } of await consumer.poll(500)) taken.push(value!);
          return new Set(taken).size === n;
        }, 120_000);
      };
      await round('at first');
      for (const node of [1, 2, 3]) {
        await fault.crash(node);
        await round(`without ${node}`);
        await fault.start(node);
        await until(async () => (await inSyncOf(admin, topic)).every((isr) => isr.length === 3), 60_000);
        let done = false;
        await until(async () => {
          await consumer.poll(200);
          await consumer.commitSync().then(
            () => {
              done = true;
            },
            () => undefined,
          );
          return done;
        }, 60_000);
      }
      observe(
        `${protocol}: in order`,
        [0, 1, 2].map((p) => [...new Set(taken.filter((v) => v.startsWith(`${p} `)))]),
      );
      observe(
        `${protocol}: committed`,
        await Promise.all([0, 1, 2].map((partition) => consumer.committed({ topic, partition }))),
      );
      observe(`${protocol}: leaders`, (await leadersOf(admin, topic)).length);
      await consumer.close();
      await producer.close();
    }
  },
});
