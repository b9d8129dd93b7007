import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'L-41',
  title: 'A broker that is killed and started has its records and the offsets; its clients go on.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, fault, observe } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    const reading = await startReading(kafka, topic, { groupId });
    observe('sent', await producer.send({ topic, messages: [{ value: 'a' }] }));
    await offsetsTaken(tools, reading, 1);
    await fault.crash(1);
    await fault.start(1);
    observe('sent', await producer.send({ topic, messages: [{ value: 'b' }] }));
    observe('taken', await offsetsTaken(tools, reading, 2));
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
