import { defineConformance } from '../../define';
import { createTopic, refusal } from './steps';
import { valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-42',
  title: 'A transaction that is open for too long is aborted by its coordinator; its producer may not go on',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, sleep } = tools;
    const topic = await createTopic(tools, 1);
    const config = { 'transactional.id': name('tx'), 'transaction.timeout.ms': 1000 };
    const slow = await java.producer('slow', config);
    await slow.initTransactions();
    await slow.beginTransaction();
    await slow.send({ topic, value: 'late' });
    await sleep(13_000);
    observe('commit', await refusal(slow.commitTransaction()));
    observe('abort', await refusal(slow.abortTransaction()));
    observe('begin', await refusal(slow.beginTransaction()));

    const next = await java.producer('next', config);
    await next.initTransactions();
    await next.beginTransaction();
    observe('offset of the next', (await next.send({ topic, value: 'in time' })).offset);
    await next.commitTransaction();
    observe('read', await valuesIn(tools, topic, 1, 1));
  },
});
