import { defineConformance } from '../define';
import { connectProducer, createTopic, startReading } from './steps';

export default defineConformance({
  id: 'L-36',
  title: 'A paused partition waits while the others of its topic go on.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 2);
    const producer = await connectProducer(kafka);
    const { consumer, taken } = await startReading(kafka, topic, { groupId: name('billing') });
    const send = async (value: string) => {
      await producer.send({ topic, messages: [0, 1].map((partition) => ({ partition, value })) });
    };
    await send('a');
    await until(() => taken.length === 2);
    consumer.pause([{ topic, partitions: [0] }]);
    observe('paused', consumer.paused());
    await send('b');
    await until(() => taken.length === 3);
    await sleep(1500);
    observe('while paused', taken.slice(2));
    consumer.resume([{ topic, partitions: [0] }]);
    await until(() => taken.length === 4);
    observe('after', taken.slice(3));
    observe('paused', consumer.paused());
  },
});
