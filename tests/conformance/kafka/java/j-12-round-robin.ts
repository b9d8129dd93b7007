import { defineConformance } from '../../define';
import { assignments, keepPolling, roundRobin } from './steps';

export const scenario = defineConformance({
  id: 'J-12',
  title: 'Round robin from Java: partitions of all topics in turn, members by name',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const admin = await java.admin('admin');
    // the assignor goes by the names of topics, and these stay in order
    const topics = [name('a-topic'), name('b-topic')];
    await admin.createTopic(topics[0], 3);
    await admin.createTopic(topics[1], 2);
    const group = name('group');
    const start = async (id: string, subscribed: readonly string[]) => {
      const consumer = await java.consumer(id, {
        'group.id': group,
        'partition.assignment.strategy': roundRobin,
      });
      await consumer.subscribe(subscribed);
      return keepPolling(consumer).consumer;
    };
    const consumers = [await start('a', topics), await start('b', topics), await start('c', [topics[1]])];
    observe('assignments', await assignments(tools, consumers, [2, 2, 1]));
  },
});
