import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'L-60',
  title:
    'A disk that is lost is filled again by the leader; that of the only replica in sync takes its records with it, acks all or not.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2]]);
    const producer = await connectProducer(kafka, { retry: { retries: 30 } });
    const send = (value: string) => producer.send({ topic, messages: [{ value }] });
    const all = () => until(async () => (await inSyncOf(admin, topic))[0]?.length === 2, 60_000);
    await send('a');
    await fault.crash(1, { disk: 'lost' });
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    await send('b');
    await fault.start(1);
    await all();
    observe('after the first disk', await valuesIn(tools, topic, 1, 2));
    await fault.crash(1);
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 1, 60_000);
    observe('one has it', await send('c'));
    await fault.crash(2, { disk: 'lost' });
    await fault.start(1);
    await fault.start(2);
    await all();
    observe('next', await send('d'));
    observe('after the second disk', await valuesIn(tools, topic, 1, 1));
  },
});
