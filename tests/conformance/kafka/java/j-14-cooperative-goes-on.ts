import { defineConformance } from '../../define';
import { assignments, cooperativeSticky, createTopic, keepPolling, range } from './steps';

export const scenario = defineConformance({
  id: 'J-14',
  title:
    'During a cooperative rebalance a member goes on reading what it keeps; during an eager one it reads nothing',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 2);
    const producer = await java.producer('producer');
    for (const [assignor, which] of [
      ['eager', range],
      ['cooperative', cooperativeSticky],
    ] as const) {
      const group = name('group');
      const start = async (id: string) => {
        const consumer = await java.consumer(id, {
          'group.id': group,
          'partition.assignment.strategy': which,
          'enable.auto.commit': false,
        });
        await consumer.subscribe([topic]);
        return keepPolling(consumer);
      };
      const a = await start('a');
      await assignments(tools, [a.consumer], [2]);
      await a.stop();
      // another one joins, and the rebalance waits for a member that polls no more
      const b = await start('b');
      const { generationId } = await a.consumer.groupMetadata();
      await a.consumer.rebalances();
      // it hears of the rebalance from its heartbeat, and joins again at its next polls
      const told = async () => (await a.consumer.rebalances()).length;
      let events = 0;
      await until(async () => {
        await a.consumer.poll(100);
        events += await told();
        return events > 0 || (await a.consumer.groupMetadata()).generationId > generationId;
      });
      observe(`${assignor}: told at the beginning`, events);
      const polling = keepPolling(a.consumer);
      await assignments(tools, [a.consumer, b.consumer], [1, 1]);
      await polling.stop();
      await b.stop();
      for (const one of [a, b]) await one.consumer.close();
    }
    await producer.close();
  },
});
