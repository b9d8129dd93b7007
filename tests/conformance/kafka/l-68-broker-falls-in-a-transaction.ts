import { defineConformance } from '../define';
import { createTopic, connectProducer, startReading, valuesIn, committedOffsets } from './steps';
export default defineConformance({
  id: 'L-68',
  title: 'An open transaction and a group outlive their broker.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe, sleep, until } = tools;
    const topic = name('orders');
    const groupId = name('billing');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(client('tx', { retry: { retries: 20 } }), {
      transactionalId: name('tx'),
      idempotent: true,
      maxInFlightRequests: 1,
    });
    const reading = await startReading(client('reader', { retry: { retries: 20 } }), topic, { groupId });
    const first = await producer.transaction();
    await first.send({ topic, messages: [{ value: 'a' }] });
    await first.commit();
    await until(() => reading.taken.length === 1);
    const open = await producer.transaction();
    await open.send({ topic, messages: [{ value: 'b' }] });
    await fault.crash(1);
    await fault.start(1);
    observe('sent after', await open.send({ topic, messages: [{ value: 'c' }] }));
    await sleep(5000);
    await open.commit();
    observe('log', await valuesIn(tools, topic, 1, 3));
    await until(() => reading.taken.length >= 3, 90_000);
    observe('taken', [...new Set(reading.taken.map(({ value }) => value))]);
    await until(async () => (await committedOffsets(admin, groupId, topic))[0] >= 4);
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
