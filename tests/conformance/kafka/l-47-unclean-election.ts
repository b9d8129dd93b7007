import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'L-47',
  title: 'Who is not in sync leads only where that was allowed, and what it lacks is lost, acks all or not.',
  broker: 'kafka',
  cluster: { nodes: 3, config: { 'replica.lag.time.max.ms': 4000 } },
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe, until } = tools;
    for (const unclean of [false, true]) {
      const which = unclean ? 'unclean' : 'clean';
      const topic = name('orders');
      // a node that stands still answers nobody: who asks it asks another one soon
      const asking = client('admin', { requestTimeout: 1500 });
      const admin = await createReplicated(asking, topic, [[1, 2]], {
        'min.insync.replicas': '1',
        'unclean.leader.election.enable': String(unclean),
      });
      const producer = await connectProducer(kafka);
      await producer.send({ topic, messages: [{ value: 'both have it' }] });
      await fault.pause(2, 25_000);
      await until(async () => (await inSyncOf(admin, topic))[0]?.length === 1);
      await producer.send({ topic, messages: [{ value: 'the first has it' }] });
      await fault.crash(1);
      // a topic without a leader cannot be described
      const leader = async () => (await leadersOf(admin, topic))[0] ?? 'none';
      await until(async () => (await leader()) === (unclean ? 2 : 'none'), 60_000);
      if (unclean) await producer.send({ topic, messages: [{ value: 'takes its place' }] });
      await fault.start(1);
      await until(async () => (await inSyncOf(admin, topic))[0]?.length === 2, 60_000);
      observe(`${which}: log`, await valuesIn(tools, topic, 1, 2));
    }
  },
});
