import { defineConformance } from '../define';
import { createTopic, connectProducer, rejectionOf, startReading } from './steps';
export default defineConformance({
  id: 'L-62',
  title: 'A topic that is deleted while it is read is gone for producers and admins alike.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until, sleep }) {
    const topic = name('orders');
    const groupId = name('billing');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka, { allowAutoTopicCreation: false });
    await producer.send({ topic, messages: ['a', 'b'].map((value) => ({ value })) });
    const reading = await startReading(kafka, topic, { groupId, allowAutoTopicCreation: false });
    await until(() => reading.taken.length === 2);
    await sleep(1000);
    await admin.deleteTopics({ topics: [topic] });
    observe('metadata', await rejectionOf(admin.fetchTopicMetadata({ topics: [topic] })));
    observe(
      'send',
      await rejectionOf(kafka.producer({ allowAutoTopicCreation: false, retry: { retries: 1 } }).connect()),
    );
    observe('send to it', await rejectionOf(producer.send({ topic, messages: [{ value: 'x' }] })));
    observe('deleted twice', await rejectionOf(admin.deleteTopics({ topics: [topic] })));
    observe('topics', (await admin.listTopics()).includes(topic));
  },
});
