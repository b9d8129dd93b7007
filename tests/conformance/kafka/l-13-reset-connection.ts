import { defineConformance } from '../define';
import { connectProducer, createTopic, endsOf, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'L-13',
  title: 'After a reset of its connections a consumer reads on where it was, and a producer sends again.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe } = tools;
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(client('shop'));
    const reading = await startReading(client('billing'), topic, { groupId: name('billing') });
    await producer.send({ topic, messages: [{ value: 'a' }] });
    observe('taken', await offsetsTaken(tools, reading, 1));
    await fault.cut('billing');
    await fault.cut('shop');
    observe('sent', await producer.send({ topic, messages: [{ value: 'b' }] }));
    observe('taken', await offsetsTaken(tools, reading, 2));
    observe('ends', await endsOf(admin, topic));
  },
});
