import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-32',
  title:
    'Records of one linger are one batch: when its answer is lost all of them are there twice, one row after the other',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', {
      'linger.ms': 500,
      'request.timeout.ms': 2000,
      'enable.idempotence': false,
    });
    await producer.send({ topic, value: 'warm' });
    await fault.dropResponse('producer', 'Produce');
    const sent = await Promise.all(['1', '2', '3', '4'].map((value) => producer.send({ topic, value })));
    observe(
      'offsets',
      sent.map(({ offset }) => offset),
    );
    await producer.close();
    observe('read', await valuesIn(tools, topic, 1, 9));
  },
});
