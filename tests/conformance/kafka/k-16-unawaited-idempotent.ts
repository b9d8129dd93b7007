import type { RecordMetadata } from 'kafkajs';
import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'K-16',
  title: 'Two idempotent sends at a time, the first answer lost: the second takes its sequence number.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, client, fault, name, observe } = tools;
    const cases = [
      { says: 'idempotent', idempotent: true, second: ['m2'], count: 3 },
      { says: 'plain', idempotent: false, second: ['m2'], count: 4 },
      { says: 'idempotent, two records', idempotent: true, second: ['m2', 'm3'], count: 2 },
    ];
    for (const { says, idempotent, second, count } of cases) {
      const topic = name('orders');
      await createTopic(kafka, topic, 1);
      const producer = await connectProducer(client(says, { requestTimeout: 1000 }), { idempotent });
      // So that the topic is known. Of two sends at a time the second is first all the same (L-06).
      await producer.send({ topic, messages: [{ key: 'k', value: 'm0' }] });
      await fault.dropResponse(says, 'Produce');
      const sends = [['m1'], second].map((values) =>
        producer.send({ topic, messages: values.map((value) => ({ key: 'k', value })) }),
      );
      observe(`${says}: answers`, (await Promise.allSettled(sends)).map(answerOf));
      observe(`${says}: log`, await valuesIn(tools, topic, 1, count));
    }
  },
});

function answerOf(answer: PromiseSettledResult<RecordMetadata[]>): unknown {
  return answer.status === 'fulfilled'
    ? answer.value.map(({ baseOffset }) => baseOffset)
    : (answer.reason as unknown);
}
