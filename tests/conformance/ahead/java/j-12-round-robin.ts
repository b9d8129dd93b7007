import { defineConformance } from '../../define';
import { assignments, createTopic, keepPolling, roundRobin } from '../../kafka/java/steps';

export const scenario = defineConformance({
  id: 'J-12',
  title: 'Round robin from Java: partitions of all topics in turn, members by name',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topics = [await createTopic(tools, 3), await createTopic(tools, 2)];
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
    observe(
      'partitions',
      (await assignments(tools, consumers, [2, 2, 1])).map((each) => each.length),
    );
  },
});
