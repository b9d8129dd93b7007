import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-11',
  title:
    "KIP-848: partitions that are added are given out at the next heartbeat, without a refresh of the client's metadata",
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { kafka, name, now, observe } = tools;
    const topic = await createTopic(tools, 1);
    const a = await startMember(tools, 'a', name('group'), [topic]);
    await assignments(tools, [a.consumer], [1]);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    await admin.disconnect();
    const added = now();
    observe('assignment', (await assignments(tools, [a.consumer], [3]))[0]);
    observe('soon', now() - added < 10_000);
    await a.stop();
    observe('what it was told', await a.consumer.rebalances());
  },
});
