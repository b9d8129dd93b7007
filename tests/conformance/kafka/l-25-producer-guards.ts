import { defineConformance } from '../define';
import { connectProducer, createTopic, rejectionOf } from './steps';

export default defineConformance({
  id: 'L-25',
  title: 'What a producer refuses before it asks a broker.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const attempt = (act: () => unknown) => rejectionOf(Promise.resolve().then(act));
    const messages = [{ value: 'a' }];
    const idle = kafka.producer();
    observe('not connected', await attempt(() => idle.send({ topic, messages })));
    const producer = await connectProducer(kafka);
    observe('no topic', await attempt(() => producer.send({ topic: '', messages })));
    const nothing = undefined as unknown as string;
    observe('no value', await attempt(() => producer.send({ topic, messages: [{ value: nothing }] })));
    const none = undefined as unknown as [];
    observe('no messages', await attempt(() => producer.send({ topic, messages: none })));
    observe('an empty list', await producer.send({ topic, messages: [] }));
    observe('a transaction', await attempt(() => producer.transaction()));
    const idempotent = await connectProducer(kafka, { idempotent: true });
    observe('idempotent with acks 1', await attempt(() => idempotent.send({ topic, messages, acks: 1 })));
    observe('an idempotent one', idempotent.isIdempotent());
    const id = { transactionalId: name('shop'), idempotent: false };
    observe('a transactional one that is not idempotent', await attempt(() => kafka.producer(id)));
  },
});
