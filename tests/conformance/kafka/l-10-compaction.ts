import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'L-10',
  title: 'Compaction leaves the last record of each key, and gaps; the active segment keeps all of its own.',
  broker: 'kafka',
  cluster: { config: { 'log.cleaner.backoff.ms': 500 } },
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, sleep, until } = tools;
    const topic = name('prices');
    const admin = await createTopic(kafka, topic, 1, {
      'cleanup.policy': 'compact',
      'min.cleanable.dirty.ratio': '0.01',
      'segment.ms': '1000',
    });
    const producer = await connectProducer(kafka);
    const send = async (key: string, value: string) => {
      await producer.send({ topic, messages: [{ key, value }] });
    };
    for (const value of ['a1', 'a2', 'b1', 'a3']) await send(value[0], value);
    await sleep(1500);
    // The first append after segment.ms rolls the segment; what comes now stays in the active one.
    for (const value of ['b2', 'c1', 'c2']) await send(value[0], value);
    const read = async () => {
      const reading = await startReading(kafka, topic, { groupId: name('reader') });
      await offsetsTaken(tools, reading, 1);
      await reading.consumer.disconnect();
      return reading.taken.map(({ offset, value }) => `${offset} ${value}`);
    };
    await until(async () => (await read()).length < 7, 60_000);
    observe('log', await read());
    observe('ends', await endsOf(admin, topic));
  },
});
