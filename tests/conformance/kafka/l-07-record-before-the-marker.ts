import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'L-07',
  title: 'A commit is answered before its marker is written: what is sent next may stand before it.',
  broker: 'kafka',
  compare: {
    'offset after the commit': {
      code: 'S',
      oneOf: ['1', '2'],
      why: 'The coordinator writes the marker on its own, while the next send is on its way.',
    },
    values: 'D',
  },
  async run(tools) {
    const { kafka, name, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const transactional = await connectProducer(kafka, { transactionalId: name('shop'), idempotent: true });
    const producer = await connectProducer(kafka);
    const transaction = await transactional.transaction();
    await transaction.send({ topic, messages: [{ value: 'a' }] });
    await transaction.commit();
    const [{ baseOffset }] = await producer.send({ topic, messages: [{ value: 'b' }] });
    observe('offset after the commit', baseOffset);
    observe('values', await valuesIn(tools, topic, 1, 2));
  },
});
