import { defineConformance } from '../../define';
import { createReplicated, inSyncOf, leadersOf } from '../replicas';
import { valuesIn } from '../steps';
export default defineConformance({
  id: 'J-80',
  title:
    'A Java transaction over three leaders outlives any of them and its coordinator: it is committed whole, or aborted whole.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { kafka, java, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(
      kafka,
      topic,
      [
        [1, 2, 3],
        [2, 3, 1],
        [3, 1, 2],
      ],
      { 'min.insync.replicas': '2' },
    );
    const producer = await java.producer('writer', { 'transactional.id': name('tx') });
    await producer.initTransactions();
    for (const node of [1, 2, 3]) {
      await producer.beginTransaction();
      for (const partition of [0, 1, 2]) await producer.send({ topic, partition, value: `without ${node}` });
      await fault.crash(node);
      await until(async () => (await leadersOf(admin, topic))[node - 1] === (node % 3) + 1, 60_000);
      if (node === 2) await producer.abortTransaction();
      else await producer.commitTransaction();
      await fault.start(node);
      await until(async () => (await inSyncOf(admin, topic)).every((nodes) => nodes.length === 3), 60_000);
    }
    observe('committed', await valuesIn(tools, topic, 3, 6));
    await producer.close();
  },
});
