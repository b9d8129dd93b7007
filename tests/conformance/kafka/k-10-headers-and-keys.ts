import type { IHeaders } from 'kafkajs';
import { defineConformance } from '../define';
import { connectProducer, createTopic, rejectionOf } from './steps';

export default defineConformance({
  id: 'K-10',
  title:
    'A key and headers arrive as bytes; a header given twice arrives twice, in order; a number is no key.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    const headers = { h: 'x', m: ['1', '2'] };
    const messages = [
      { key: '42', value: 'text', headers },
      { key: null, value: 'null' },
      { key: '', value: 'empty' },
      { value: null, key: 'tombstone' },
    ];
    await producer.send({ topic, messages });
    const number = { key: 42 as unknown as string, value: 'number' };
    // Its message is Node's, not the library's.
    observe('number', ((await rejectionOf(producer.send({ topic, messages: [number] }))) as Error).name);
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 500 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    let count = 0;
    await consumer.run({
      eachMessage: async ({ message: { key, value, headers = {}, offset } }) => {
        observe('message', { key, value, headers, offset, types: typesOf(headers) });
        count++;
      },
    });
    await until(() => count === messages.length);
  },
});

/** "buffer", or a list of it. */
function typesOf(headers: IHeaders): Record<string, unknown> {
  const typeOf = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(typeOf) : value instanceof Uint8Array ? 'buffer' : typeof value;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeOf(value)]));
}
