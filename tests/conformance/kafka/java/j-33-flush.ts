import { defineConformance } from '../../define';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'J-33',
  title: 'A record waits for linger.ms, unless the program flushes, closes or ends its transaction',
  broker: 'kafka',
  compare: {
    'lingered, ms': { code: 'T', min: 2900, max: 4500 },
    'flushed, ms': { code: 'T', min: 0, max: 1500 },
    'committed, ms': { code: 'T', min: 0, max: 1500 },
    'closed, ms': { code: 'T', min: 0, max: 1500 },
    offsets: 'D',
  },
  async run(tools) {
    const { java, name, now, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { 'linger.ms': 3000 });
    await producer.partitionsFor(topic);
    const timed = async (what: string, does: () => Promise<unknown>) => {
      const since = now();
      await does();
      observe(what, now() - since);
    };
    const sends: Promise<{ offset: number }>[] = [];
    await timed(
      'lingered, ms',
      async () => void sends.push(Promise.resolve(await producer.send({ topic, value: '1' }))),
    );
    sends.push(producer.send({ topic, value: '2' }));
    await timed('flushed, ms', () => producer.flush());
    sends.push(producer.send({ topic, value: '3' }));
    await timed('closed, ms', () => producer.close());

    const transactional = await java.producer('other', { 'linger.ms': 3000, 'transactional.id': name('tx') });
    await transactional.initTransactions();
    await transactional.beginTransaction();
    await transactional.partitionsFor(topic);
    sends.push(transactional.send({ topic, value: '4' }));
    await timed('committed, ms', () => transactional.commitTransaction());
    for (const send of sends) observe('offsets', (await send).offset);
  },
});
