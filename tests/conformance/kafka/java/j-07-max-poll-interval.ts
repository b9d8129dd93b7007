import { defineConformance } from '../../define';
import { assignments, createTopic, fill, keepPolling, refusal, take } from './steps';

export const scenario = defineConformance({
  id: 'J-07',
  title: 'A handler that takes longer than max.poll.interval.ms loses its partitions and cannot commit',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 3);
    const config = {
      'group.id': name('group'),
      'auto.offset.reset': 'earliest',
      'enable.auto.commit': false,
      'max.poll.interval.ms': 3000,
    };
    const slow = await java.consumer('slow', config);
    await slow.subscribe([topic]);
    observe(
      'polled by the slow one',
      (await take(slow, 3)).map(({ offset }) => offset),
    );
    // … and now it works, and polls no more
    const other = await java.consumer('other', { ...config, 'max.poll.interval.ms': 60_000 });
    await other.subscribe([topic]);
    const polling = keepPolling(other);
    await until(() => polling.taken.length >= 3, 60_000);
    observe(
      'polled by the other',
      polling.taken.map(({ offset }) => offset),
    );
    observe('the slow one commits', await refusal(slow.commitSync()));
    observe('committed', await slow.committed({ topic, partition: 0 }));
    await slow.rebalances();
    const slowPolling = keepPolling(slow);
    await assignments(tools, [slow, other], [0, 1]).catch(() => assignments(tools, [slow, other], [1, 0]));
    await polling.stop();
    await slowPolling.stop();
    observe('what the slow one is told at its next poll', (await slow.rebalances())[0]);
  },
});
