import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-30',
  title:
    'Transactions of the Java client: what was committed is read, what was aborted is not, each end takes an offset',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { 'transactional.id': name('tx') });
    await producer.initTransactions();
    for (const [end, values] of [
      ['commit', ['a', 'b']],
      ['abort', ['c']],
      ['commit', []],
      ['abort', []],
      ['commit', ['d']],
    ] as const) {
      await producer.beginTransaction();
      for (const value of values) observe('offsets', (await producer.send({ topic, value })).offset);
      await (end === 'commit' ? producer.commitTransaction() : producer.abortTransaction());
    }
    await producer.close();
    observe('read', await valuesIn(tools, topic, 1, 3));
  },
});
