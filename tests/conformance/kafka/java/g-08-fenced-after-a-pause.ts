import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { assignments, createTopic, fill } from './steps';

export const scenario = defineConformance({
  id: 'G-08',
  title:
    'KIP-848: a member that stood still for longer than its session has lost everything, commits nothing, and comes back',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 2);
    await fill(await java.producer('producer'), topic, 2, 3);
    const group = name('group');
    const config = { 'enable.auto.commit': false };
    const a = await startMember(tools, 'a', group, [topic], config);
    await assignments(tools, [a.consumer], [2]);
    await until(() => a.taken.length === 6);
    await a.stop();
    const pause = a.consumer.pauseProcess(9000);
    const b = await startMember(tools, 'b', group, [topic], config);
    await assignments(tools, [b.consumer], [2]);
    await pause;
    await a.consumer
      .commitSync([{ topic, partition: 0, offset: 3 }])
      .catch((error: unknown) => observe('commit', (error as Error).name));
    await until(async () => {
      await a.consumer.poll(200);
      return (await a.consumer.assignment()).length === 1;
    }, 60_000);
    observe(
      'what it was told',
      (await a.consumer.rebalances()).map(({ is, partitions }) => [is, partitions.length]),
    );
    observe('committed', await b.consumer.committed({ topic, partition: 0 }));
  },
});
