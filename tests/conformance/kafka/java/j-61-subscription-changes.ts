import { defineConformance } from '../../define';
import { assignments, cooperativeSticky, keepPolling, range } from './steps';

export const scenario = defineConformance({
  id: 'J-61',
  title:
    'A member that subscribes to another topic joins again: eagerly with nothing, cooperatively with what it keeps',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const admin = await java.admin('admin');
    const topics = [name('a-topic'), name('b-topic')];
    for (const topic of topics) await admin.createTopic(topic, 2);
    for (const [how, assignor] of [
      ['eager', range],
      ['cooperative', cooperativeSticky],
    ] as const) {
      const consumer = await java.consumer(how, {
        'group.id': name('group'),
        'partition.assignment.strategy': assignor,
      });
      await consumer.subscribe([topics[0]]);
      const first = keepPolling(consumer);
      await assignments(tools, [consumer], [2]);
      await first.stop();
      const { generationId } = await consumer.groupMetadata();
      await consumer.subscribe(topics);
      const second = keepPolling(consumer);
      observe(`${how}: both`, await assignments(tools, [consumer], [4]));
      await second.stop();
      await consumer.subscribe([topics[1]]);
      const third = keepPolling(consumer);
      observe(`${how}: the other`, await assignments(tools, [consumer], [2]));
      await third.stop();
      observe(`${how}: generations on`, (await consumer.groupMetadata()).generationId - generationId);
      observe(`${how}: told`, await consumer.rebalances());
      await consumer.close();
    }
  },
});
