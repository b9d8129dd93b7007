import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { rejectionOf, valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-35',
  title: 'Without retries a lost answer is an error, and the record is there all the same',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { retries: 0, 'request.timeout.ms': 2000 });
    await producer.send({ topic, value: 'warm' });
    await fault.dropResponse('producer', 'Produce');
    observe('refused', await rejectionOf(producer.send({ topic, value: '1' })));
    await producer.send({ topic, value: '2' });
    await producer.close();
    observe('read', await valuesIn(tools, topic, 1, 3));
  },
});
