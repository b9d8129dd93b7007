import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { rejectionOf } from '../steps';

export const scenario = defineConformance({
  id: 'J-31',
  title:
    'Transactional calls of the Java client out of turn throw; a send before begin stays in the way of the next commit',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { 'transactional.id': name('tx') });
    observe('begin before init', await rejectionOf(producer.beginTransaction()));
    await producer.initTransactions();
    observe('init again', await rejectionOf(producer.initTransactions()));
    observe('commit before begin', await rejectionOf(producer.commitTransaction()));
    observe('abort before begin', await rejectionOf(producer.abortTransaction()));
    await producer.beginTransaction();
    observe('begin again', await rejectionOf(producer.beginTransaction()));
    await producer.commitTransaction();

    const early = await java.producer('early', { 'transactional.id': name('tx'), 'max.block.ms': 3000 });
    observe('send before init', await rejectionOf(early.send({ topic, value: 'x' })));
    await early.initTransactions();
    observe('send before begin', await rejectionOf(early.send({ topic, value: 'x' })));
    await early.beginTransaction();
    observe('commit after it', await rejectionOf(early.commitTransaction()));
    observe('abort after that', await rejectionOf(early.abortTransaction()));

    const plain = await java.producer('plain');
    observe('without transactional.id', await rejectionOf(plain.initTransactions()));
    const bare = await java.producer('bare', { 'enable.idempotence': false });
    observe('without idempotence', await rejectionOf(bare.initTransactions()));
  },
});
