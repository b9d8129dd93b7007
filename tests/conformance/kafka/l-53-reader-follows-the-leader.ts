import { defineConformance } from '../define';
import { createReplicated, leadersOf } from './replicas';
import { connectProducer, startReading } from './steps';

export default defineConformance({
  id: 'L-53',
  title: 'A consumer whose leader falls reads on at the next one, where it was, in order.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, client, name, fault, observe, until }) {
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]], { 'min.insync.replicas': '2' });
    const producer = await connectProducer(kafka);
    const send = (value: string) => producer.send({ topic, messages: [{ value }] });
    const { taken } = await startReading(client('reader', { retry: { retries: 30 } }), topic, {
      groupId: name('billing'),
    });
    for (const value of ['a', 'b', 'c']) await send(value);
    await until(() => taken.length === 3);
    await fault.crash(1);
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    for (const value of ['d', 'e']) await send(value);
    await until(() => taken.some(({ value }) => value === 'e'), 90_000);
    const seen = new Set<number>();
    observe('taken', taken.filter(({ offset }) => !seen.has(offset) && seen.add(offset))); // prettier-ignore
  },
});
