import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'L-08',
  title: 'What acks 1 acknowledged is lost with the leader that alone had it; its offset is given again.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe, sleep, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]]);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, acks: -1, messages: [{ value: 'kept' }] });
    for (const follower of [2, 3]) await fault.pause(follower, 5000);
    // Longer than a follower's fetch waits at the leader: none is there to be answered with the record.
    await sleep(1500);
    observe('acknowledged', await producer.send({ topic, acks: 1, messages: [{ value: 'lost' }] }));
    await fault.crash(1);
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    observe('sent next', await producer.send({ topic, acks: -1, messages: [{ value: 'next' }] }));
    observe('log', await valuesIn(tools, topic, 1, 2));
    await fault.start(1);
    await until(async () => (await inSyncOf(admin, topic))[0].length === 3, 60_000);
    await fault.crash(2);
    await until(async () => (await leadersOf(admin, topic))[0] === 1, 60_000);
    observe('log when the old leader leads again', await valuesIn(tools, topic, 1, 2));
  },
});
