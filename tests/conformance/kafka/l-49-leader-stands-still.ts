import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'L-49',
  title:
    'A leader that stands still is replaced; when it goes on it follows, and what was written meanwhile stays.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]], { 'min.insync.replicas': '2' });
    const first = await connectProducer(client('first', { requestTimeout: 4000 }));
    await first.send({ topic, messages: [{ value: 'before' }] });
    await fault.pause(1, 16_000);
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    observe('without it', await first.send({ topic, messages: [{ value: 'meanwhile' }] }));
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 3, 60_000);
    observe('in sync', await inSyncOf(admin, topic));
    observe('leader', await leadersOf(admin, topic));
    observe('with it', await first.send({ topic, messages: [{ value: 'after' }] }));
    observe('log', await valuesIn(tools, topic, 1, 3));
  },
});
