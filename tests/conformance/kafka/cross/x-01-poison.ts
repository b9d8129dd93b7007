import { defineConformance } from '../../define';
import { committedOffsets, connectProducer, createTopic } from '../steps';

export default defineConformance({
  id: 'X-01-kafka',
  title: 'A message that always fails: Kafka blocks its partition, and nothing behind it is ever handled.',
  broker: 'kafka',
  compare: {
    'handled before it': 'D',
    'handled behind it': 'D',
    committed: 'D',
    'times it was tried': {
      code: 'I',
      invariant: 'at least six times',
      holds: (times) => Number(times) >= 6,
      why: 'The retries wait for random times.',
    },
  },
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'poison', 'c'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
    const handled: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { value } }) => {
        handled.push(String(value));
        if (String(value) === 'poison') throw new Error('cannot be handled');
      },
    });
    // past the six tries of one call, and once more after the restart
    await until(() => handled.filter((value) => value === 'poison').length >= 7, 60_000);
    observe('handled before it', handled.slice(0, handled.indexOf('poison')));
    observe(
      'handled behind it',
      handled.filter((value) => value === 'c'),
    );
    observe('times it was tried', handled.filter((value) => value === 'poison').length);
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
