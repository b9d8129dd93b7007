import type { Producer } from 'kafkajs';
import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

const WHY = 'Where the round robin begins is random.';

export default defineConformance({
  id: 'K-68',
  title:
    'When one of two leaders refuses once, the retry deals messages without keys anew, and some are lost.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: {
    '3 without keys': {
      code: 'S',
      oneOf: [
        [
          ['m0', 'm2'],
          ['m0', 'm2'],
        ],
        [['m1'], ['m1']],
      ],
      why: WHY,
    },
    '4 without keys': {
      code: 'S',
      oneOf: [
        [
          ['m0', 'm2'],
          ['m1', 'm3'],
        ],
        [
          ['m1', 'm3'],
          ['m0', 'm2'],
        ],
      ],
      why: WHY,
    },
    '3 with keys': 'D',
  },
  async run(tools) {
    const both = [
      [1, 2],
      [2, 3],
    ];
    const { kafka, client, name, fault, observe, sleep, until } = tools;
    const cases = [
      { says: '3 without keys', messages: messagesOf(3), count: 2 },
      { says: '4 without keys', messages: messagesOf(4), count: 4 },
      {
        says: '3 with keys',
        messages: ['user-1', 'user-3', 'key'].map((key) => ({ key, value: key })),
        count: 3,
      },
    ].map((each) => ({ ...each, topic: name('orders') }));
    for (const { topic } of cases) await createReplicated(kafka, topic, both, { 'min.insync.replicas': '2' });
    const admin = kafka.admin();
    await admin.connect();
    // The first retry comes late enough for node 3 to be back by then.
    const patient = client('shop', { retry: { initialRetryTime: 20_000 } });
    const producers: Producer[] = [];
    for (const { topic } of cases) {
      const producer = await connectProducer(patient);
      // So that it knows the topic before a node is gone. A partition that is named does not move the round robin.
      await producer.send({ topic, messages: [{ partition: 0, value: 'before' }] });
      producers.push(producer);
    }
    await fault.crash(3);
    for (const { topic } of cases) await until(async () => (await inSyncOf(admin, topic))[1].length === 1);
    // The leader knows it a moment after the metadata; until then it would append, and wait for node 3.
    await sleep(1000);
    const sends = cases.map(({ topic, messages }, index) => producers[index].send({ topic, messages }));
    await sleep(3000);
    await fault.start(3);
    for (const { topic } of cases) await until(async () => (await inSyncOf(admin, topic))[1].length === 2);
    await Promise.all(sends);
    for (const { says, topic, count } of cases) {
      const log = await valuesIn(tools, topic, 2, count + 1);
      observe(
        says,
        log.map((lane) => lane.filter((value) => value !== 'before')),
      );
    }
  },
});

function messagesOf(count: number): { value: string }[] {
  return Array.from({ length: count }, (_, index) => ({ value: `m${index}` }));
}
