import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { rejectionOf, valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-36',
  title:
    'Too large for the client, too large for the broker, and a batch that is split because only together it is too large',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, observe } = tools;
    const topic = await createTopic(tools, 1, { 'max.message.bytes': 1000 });
    const producer = await java.producer('producer', { 'linger.ms': 500 });
    const large = (await rejectionOf(producer.send({ topic, value: 'x'.repeat(1_048_576) }))) as Error;
    observe('for the client', [large.name, large.message]);
    const refused = (await rejectionOf(producer.send({ topic, value: 'x'.repeat(1200) }))) as Error;
    observe('for the broker', [refused.name, refused.message]);
    const values = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(400));
    const sent = await Promise.all(values.map((value) => producer.send({ topic, value })));
    observe(
      'offsets of five that are too large together',
      sent.map(({ offset }) => offset),
    );
    await producer.close();
    const [read] = await valuesIn(tools, topic, 1, 5);
    observe(
      'read',
      read.map(([letter]) => letter),
    );
  },
});
