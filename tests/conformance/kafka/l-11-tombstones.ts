import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-11',
  title: 'A tombstone outlives what it deletes, by delete.retention.ms after it was first cleaned.',
  broker: 'kafka',
  cluster: { config: { 'log.cleaner.backoff.ms': 500 } },
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, sleep, until } = tools;
    for (const retention of [3_600_000, 1000]) {
      const topic = name('prices');
      await createTopic(kafka, topic, 1, {
        'cleanup.policy': 'compact',
        'min.cleanable.dirty.ratio': '0.01',
        'segment.ms': '1000',
        'delete.retention.ms': String(retention),
      });
      const producer = await connectProducer(kafka);
      const send = async (key: string, value: string | null) => {
        await producer.send({ topic, messages: [{ key, value }] });
      };
      /** Each append rolls the segment before it, and so makes it ready to be cleaned. */
      const roll = async (key: string) => {
        await sleep(1500);
        await send(key, key);
      };
      const read = async () => {
        const consumer = kafka.consumer({ groupId: name('reader'), maxWaitTimeInMs: 200 });
        const taken: string[] = [];
        await consumer.connect();
        await consumer.subscribe({ topic, fromBeginning: true });
        await consumer.run({
          eachMessage: async ({ message: { key, offset, value } }) => {
            taken.push(`${offset} ${String(key)} ${value === null ? 'deleted' : String(value)}`);
          },
        });
        await until(() => taken.length > 0);
        await sleep(1000);
        await consumer.disconnect();
        return taken;
      };
      await send('a', 'a');
      await send('a', null);
      await roll('b');
      await until(async () => (await read())[0] === '1 a deleted', 60_000);
      await sleep(2000);
      await roll('c');
      await sleep(8000);
      observe(`delete.retention.ms ${retention}`, await read());
    }
  },
});
