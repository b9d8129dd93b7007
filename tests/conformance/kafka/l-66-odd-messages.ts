import { defineConformance } from '../define';
import { createTopic, connectProducer, rejectionOf } from './steps';
export default defineConformance({
  id: 'L-66',
  title:
    'Messages without a value, with bytes that are no text, odd headers and odd timestamps; what is no bytes is refused by Node.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    observe(
      'null',
      await producer.send({
        topic,
        messages: [
          { key: null, value: null },
          { key: '', value: '' },
          { value: Buffer.from([1, 2]), headers: { a: Buffer.from('x'), b: ['1', Buffer.from('2')] } },
        ],
      }),
    );
    observe(
      'a header that is undefined',
      await rejectionOf(producer.send({ topic, messages: [{ value: 'v', headers: { c: undefined } }] })),
    );
    observe(
      'far',
      await rejectionOf(
        producer.send({ topic, messages: [{ value: 'far', timestamp: String(Date.now() + 7_200_000_0) }] }),
      ),
    );
    observe(
      'old',
      await rejectionOf(producer.send({ topic, messages: [{ value: 'old', timestamp: '1000' }] })),
    );
    observe('bad', await rejectionOf(producer.send({ topic, messages: [{ value: 'bad', timestamp: 'x' }] })));
    observe('no messages', await rejectionOf(producer.send({ topic, messages: [] })));
    observe('not a list', await rejectionOf(producer.send({ topic, messages: null as never })));
    observe('a number', await rejectionOf(producer.send({ topic, messages: [{ value: 7 as never }] })));
    observe(
      'an object',
      await rejectionOf(producer.send({ topic, messages: [{ value: { a: 1 } as never }] })),
    );
    observe('acks 2', await rejectionOf(producer.send({ topic, acks: 2, messages: [{ value: 'a' }] })));
    observe(
      'compression',
      await rejectionOf(producer.send({ topic, compression: 1, messages: [{ value: 'zip' }] })),
    );
    const taken: unknown[] = [];
    const consumer = kafka.consumer({ groupId: name('g'), maxWaitTimeInMs: 500 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { offset, key, value, headers } }) => {
        taken.push([
          offset,
          key && key.toString('hex'),
          value && value.toString('hex'),
          Object.entries(headers ?? {}).map(([h, v]) => [
            h,
            Array.isArray(v) ? v.map(String) : v === undefined ? null : String(v),
          ]),
        ]);
      },
    });
    const high = Number((await admin.fetchTopicOffsets(topic))[0].high);
    await until(() => taken.length >= high);
    observe('taken', taken);
  },
});
