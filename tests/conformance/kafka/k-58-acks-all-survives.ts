import { defineConformance } from '../define';
import { createReplicated, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'K-58',
  title: 'What acks all acknowledged survives the leader: the next replica in line has it.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]], { 'min.insync.replicas': '2' });
    const producer = await connectProducer(kafka);
    await producer.send({ topic, acks: -1, messages: [{ value: 'before' }] });
    await fault.crash(1);
    await until(async () => (await leadersOf(admin, topic))[0] !== 1);
    observe('leader', await leadersOf(admin, topic));
    observe('sent', await producer.send({ topic, acks: -1, messages: [{ value: 'after' }] }));
    observe('log', await valuesIn(tools, topic, 1, 2));
  },
});
