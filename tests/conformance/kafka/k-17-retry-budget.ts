import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';
import { connectProducer, endsOf, rejectionOf } from './steps';

export default defineConformance({
  id: 'K-17',
  title: 'With too few replicas in sync a send is tried six times, and nothing is appended.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: {
    error: 'D',
    attempts: 'D',
    ends: 'D',
    // 300 ms, then four times twice the last; each a fifth more or less than its base.
    'ms until it gave up': { code: 'T', min: 4500, max: 15_500 },
  },
  async run({ kafka, name, fault, now, observe, until }) {
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]], { 'min.insync.replicas': '3' });
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: [{ value: 'before' }] });
    await fault.crash(3);
    await until(async () => (await inSyncOf(admin, topic))[0].length === 2);
    let attempts = 0;
    producer.on('producer.network.request', ({ payload }) => {
      if (payload.apiName === 'Produce') attempts++;
    });
    const began = now();
    observe('error', await rejectionOf(producer.send({ topic, messages: [{ value: 'refused' }] })));
    observe('ms until it gave up', now() - began);
    observe('attempts', attempts);
    observe('ends', await endsOf(admin, topic));
  },
});
