import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf } from './steps';

export default defineConformance({
  id: 'K-62',
  title: 'Records go when a check finds their segment old enough, not when they are; offsets go on.',
  broker: 'kafka',
  cluster: { config: { 'log.retention.check.interval.ms': 10_000, 'log.initial.task.delay.ms': 500 } },
  compare: {
    'ms until they are gone': { code: 'T', min: 1000, max: 13_000 },
    'ends then': 'D',
    next: 'D',
    'ends 4 s later': 'D',
  },
  async run({ kafka, name, now, observe, sleep, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1, { 'retention.ms': '1000' });
    const producer = await connectProducer(kafka);
    const began = now();
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    await until(async () => (await endsOf(admin, topic))[0][0] > 0);
    observe('ms until they are gone', now() - began);
    observe('ends then', await endsOf(admin, topic));
    const [{ baseOffset }] = await producer.send({ topic, messages: [{ value: 'd' }] });
    observe('next', baseOffset);
    // older than retention.ms by far, and the next check is still to come
    await sleep(4000);
    observe('ends 4 s later', await endsOf(admin, topic));
  },
});
