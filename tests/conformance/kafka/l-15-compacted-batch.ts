import { defineConformance } from '../define';
import { connectProducer, createTopic, startReading } from './steps';

export default defineConformance({
  id: 'L-15',
  title:
    'Of a batch that compaction has thinned out the rest keeps its offsets, and reading goes on behind it.',
  broker: 'kafka',
  cluster: { config: { 'log.cleaner.backoff.ms': 500 } },
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('prices');
    await createTopic(kafka, topic, 1, {
      'cleanup.policy': 'compact',
      'min.cleanable.dirty.ratio': '0.01',
      'segment.ms': '1000',
    });
    const producer = await connectProducer(kafka);
    const send = (...values: string[]) =>
      producer.send({ topic, messages: values.map((value) => ({ key: value[0], value })) });
    await send('a1', 'b1', 'a2', 'c1');
    await send('c2', 'd1', 'd2');
    await sleep(1500);
    await send('e1');
    const read = async () => {
      const { consumer, taken } = await startReading(kafka, topic, { groupId: name('reader') });
      await until(() => taken.some(({ value }) => value === 'e1'));
      await consumer.disconnect();
      return taken.map(({ offset, value }) => `${offset} ${value}`);
    };
    await until(async () => (await read()).length < 8, 60_000);
    observe('log', await read());
  },
});
