import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'K-35',
  title: 'A handler that always throws is tried six times; then the consumer crashes, and starts again.',
  broker: 'kafka',
  compare: {
    crash: 'D',
    handled: 'D',
    committed: 'D',
    'after the restart': 'D',
    'ms to the crash': { code: 'T', min: 5100, max: 14_500 },
  },
  async run({ kafka, name, now, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    const handled: string[] = [];
    let failedAt = 0;
    let crashedAt = 0;
    let before = 0;
    consumer.on('consumer.crash', ({ payload: { error, restart } }) => {
      if (crashedAt > 0) return;
      crashedAt = now();
      before = handled.length;
      observe('crash', { error, restart });
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { offset } }) => {
        handled.push(offset);
        if (offset !== '1') return;
        failedAt ||= now();
        throw new Error('asked to fail');
      },
    });
    await until(() => crashedAt > 0 && handled.length > before);
    observe('handled', handled.slice(0, before));
    observe('ms to the crash', crashedAt - failedAt);
    observe('after the restart', handled[before]);
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
