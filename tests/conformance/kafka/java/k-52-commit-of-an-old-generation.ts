import { defineConformance } from '../../define';
import { createTopic, fill, keepPolling, refusal, take } from './steps';

export const scenario = defineConformance({
  id: 'K-52',
  title: 'A process that stood still past its session timeout cannot commit',
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
      'session.timeout.ms': 6000,
      'heartbeat.interval.ms': 1000,
    };
    const stopped = await java.consumer('a', config);
    await stopped.subscribe([topic]);
    await take(stopped, 3);
    const pause = stopped.pauseProcess(12_000);
    const other = await java.consumer('b', config);
    await other.subscribe([topic]);
    const polling = keepPolling(other);
    await until(() => polling.taken.length === 3);
    await pause;
    observe('commit', await refusal(stopped.commitSync()));
    observe('committed', await stopped.committed({ topic, partition: 0 }));
    await polling.stop();
    await stopped.rebalances();
    await stopped.poll(1000);
    observe('what it is told', await stopped.rebalances());
  },
});
