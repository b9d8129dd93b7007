import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, startReading } from './steps';

export default defineConformance({
  id: 'K-32',
  title:
    '"Latest" is not committed until a batch was processed: what is produced between two lives is skipped.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    const first = await startReading(kafka, topic, { groupId }, { fromBeginning: false });
    await sleep(2500);
    await first.consumer.disconnect();
    observe('committed', await committedOffsets(admin, groupId, topic));
    await producer.send({ topic, messages: [{ value: 'x' }] });
    const second = await startReading(kafka, topic, { groupId }, { fromBeginning: false });
    await sleep(2500);
    await producer.send({ topic, messages: [{ value: 'y' }] });
    await until(() => second.taken.length > 0);
    observe('taken', [...first.taken, ...second.taken]);
  },
});
