import { defineConformance } from '../../define';
import { createReplicated } from '../replicas';
import { valuesIn } from '../steps';
import { refusal } from './steps';

export const scenario = defineConformance({
  id: 'J-45',
  title:
    'Java transactions over three nodes: across partitions, one after the other, through the loss of a node, fenced',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: {
    read: 'P',
    'commit of the first': 'D',
    'send of the first': 'D',
    'offsets before the loss': 'D',
  },
  async run(tools) {
    const { fault, java, kafka, name, observe } = tools;
    const topic = name('orders');
    const settings = { 'min.insync.replicas': '2' };
    await createReplicated(kafka, topic, [[1, 2, 3], [2, 3, 1], [3, 1, 2]], settings); // prettier-ignore
    const config = { 'transactional.id': name('tx'), 'request.timeout.ms': 5000 };
    const first = await java.producer('first', config);
    await first.initTransactions();
    const transact = async (value: string, end: 'commitTransaction' | 'abortTransaction') => {
      await first.beginTransaction();
      const sent = await Promise.all(
        [0, 1, 2].map((partition) => first.send({ topic, partition, value: `${value}${partition}` })),
      );
      await first[end]();
      return sent.map(({ offset }) => offset);
    };
    observe('offsets before the loss', await transact('a', 'commitTransaction'));
    observe('offsets before the loss', await transact('b', 'abortTransaction'));
    observe('offsets before the loss', await transact('c', 'commitTransaction'));
    await fault.crash(2);
    await transact('d', 'commitTransaction');
    await transact('e', 'abortTransaction');
    await transact('f', 'commitTransaction');
    await first.beginTransaction();
    await first.send({ topic, partition: 0, value: 'never' });

    const second = await java.producer('second', config);
    await second.initTransactions();
    await second.beginTransaction();
    await second.send({ topic, partition: 0, value: 'g0' });
    await second.commitTransaction();
    observe('send of the first', await refusal(first.send({ topic, partition: 1, value: 'never' })));
    observe('commit of the first', await refusal(first.commitTransaction()));
    await first.close();
    await second.close();
    observe('read', await valuesIn(tools, topic, 3, 13));
  },
});
