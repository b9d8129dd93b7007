import { defineConformance } from '../define';
import { createTopic, connectProducer, rejectionOf } from './steps';
export default defineConformance({
  id: 'L-67',
  title: 'What a consumer may be asked before it runs, while it runs, and after it was stopped.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until, sleep }) {
    const topic = name('orders');
    const other = name('returns');
    await createTopic(kafka, topic, 1);
    await createTopic(kafka, other, 1);
    const producer = await connectProducer(kafka);
    for (const t of [topic, other])
      await producer.send({ topic: t, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId: name('g'), maxWaitTimeInMs: 500 });
    observe(
      'seek before connect',
      await rejectionOf((async () => consumer.seek({ topic, partition: 0, offset: '1' }))()),
    );
    observe('pause before run', await rejectionOf((async () => consumer.pause([{ topic }]))()));
    await consumer.connect();
    await consumer.subscribe({ topics: [topic, other], fromBeginning: true });
    const taken: string[] = [];
    await consumer.run({
      eachMessage: async ({ topic: t, message }) => {
        taken.push(`${t === topic ? 'orders' : 'returns'} ${message.offset}`);
      },
    });
    observe('subscribe after run', await rejectionOf(consumer.subscribe({ topic })));
    observe('run twice', await rejectionOf(consumer.run({ eachMessage: async () => undefined })));
    consumer.seek({ topic, partition: 0, offset: '2' });
    await until(
      () => taken.filter((t) => t.startsWith('returns')).length === 3 && taken.some((t) => t === 'orders 2'),
    );
    await sleep(1500);
    observe('taken', taken.toSorted());
    consumer.pause([{ topic }, { topic: other, partitions: [0] }]);
    observe(
      'paused',
      consumer.paused().map(({ topic: t, partitions }) => [t === topic, partitions]),
    );
    await producer.send({ topic, messages: [{ value: 'd' }] });
    await sleep(2000);
    const before = taken.length;
    consumer.resume([{ topic }]);
    await until(() => taken.length > before);
    observe('after resume', taken.slice(before));
    observe(
      'seek bad',
      await rejectionOf((async () => consumer.seek({ topic, partition: 0, offset: 'x' }))()),
    );
    observe(
      'seek -5',
      await rejectionOf((async () => consumer.seek({ topic, partition: 0, offset: '-5' }))()),
    );
    observe(
      'seek no partition',
      await rejectionOf((async () => consumer.seek({ topic, offset: '1' } as never))()),
    );
    observe('resume bad', await rejectionOf((async () => consumer.resume([{}] as never))()));
    await consumer.stop();
    observe(
      'seek after stop',
      await rejectionOf((async () => consumer.seek({ topic, partition: 0, offset: '1' }))()),
    );
    await consumer.disconnect();
  },
});
