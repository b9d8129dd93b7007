import { defineConformance } from '../define';
import { createTopic } from './steps';

export default defineConformance({
  id: 'L-33',
  title: 'Two members share the partitions of two topics as if they were one list.',
  broker: 'kafka',
  // Which of the two gets which hangs on the ids that the broker gives them.
  compare: 'M',
  async run({ kafka, name, observe, until }) {
    const topics = [name('orders'), name('invoices')];
    await createTopic(kafka, topics[0], 3);
    await createTopic(kafka, topics[1], 2);
    const groupId = name('billing');
    const assigned: Record<string, number[]>[] = [{}, {}];
    for (const member of [0, 1]) {
      const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, heartbeatInterval: 300 });
      consumer.on('consumer.group_join', ({ payload }) => {
        assigned[member] = payload.memberAssignment;
      });
      await consumer.connect();
      await consumer.subscribe({ topics });
      await consumer.run({ eachMessage: async () => {} });
      await until(() => Object.keys(assigned[member]).length > 0);
    }
    const count = () => assigned.flatMap((each) => Object.values(each)).flat().length;
    await until(() => count() === 5);
    observe('assignments', assigned);
  },
});
