import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'L-59',
  title: 'What acks 0 sends to a leader that stands still, and is replaced, is lost without a word.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]]);
    const producer = await connectProducer(client('writer'));
    await producer.send({ topic, messages: [{ value: 'before' }] });
    await fault.pause(1, 16_000);
    observe('sent', await producer.send({ topic, acks: 0, messages: [{ value: 'lost' }] }));
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 3, 60_000);
    observe('sent later', await producer.send({ topic, messages: [{ value: 'after' }] }));
    observe('log', await valuesIn(tools, topic, 1, 2));
  },
});
