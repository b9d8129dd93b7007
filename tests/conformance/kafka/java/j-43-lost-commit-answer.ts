import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-43',
  title: 'When the answer to a commit is lost it is asked for again, and the transaction is committed once',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', {
      'transactional.id': name('tx'),
      'request.timeout.ms': 2000,
    });
    await producer.initTransactions();
    await producer.beginTransaction();
    observe('offsets', (await producer.send({ topic, value: 'first' })).offset);
    await fault.dropResponse('producer', 'EndTxn');
    await producer.commitTransaction();
    await producer.beginTransaction();
    observe('offsets', (await producer.send({ topic, value: 'second' })).offset);
    await fault.cut('producer');
    observe('offsets', (await producer.send({ topic, value: 'third' })).offset);
    await producer.commitTransaction();
    await producer.close();
    observe('read', await valuesIn(tools, topic, 1, 3));
  },
});
