import { defineConformance } from '../define';
import { createReplicated, leadersOf } from './replicas';
import { connectProducer, rejectionOf, committedOffsets } from './steps';
export default defineConformance({
  id: 'L-69',
  title: 'Groups and admin requests reach the nodes that coordinate and lead, wherever those are.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, name, observe, until, sleep }) {
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [
      [1, 2],
      [2, 3],
      [3, 1],
    ]);
    const producer = await connectProducer(kafka);
    observe(
      'sent',
      (
        await producer.send({
          topic,
          messages: ['user-1', 'user-2', 'user-3', 'order-42', 'abc'].map((key) => ({ key, value: key })),
        })
      ).toSorted((a, b) => a.partition - b.partition),
    );
    const groups = [0, 1, 2, 3].map((i) => name(`g${i}`));
    for (const groupId of groups) {
      const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      let n = 0;
      await consumer.run({
        eachMessage: async () => {
          n++;
        },
      });
      await until(() => n === 5);
      await sleep(500);
      await consumer.disconnect();
    }
    observe('committed', await Promise.all(groups.map((g) => committedOffsets(admin, g, topic))));
    const listed = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
    observe(
      'listed',
      groups.every((g) => listed.includes(g)),
    );
    observe(
      'described',
      (await admin.describeGroups(groups)).groups.map(({ state, protocolType, members }) => [
        state,
        protocolType,
        members.length,
      ]),
    );
    observe(
      'deleted',
      (await admin.deleteGroups(groups)).map(({ errorCode }) => errorCode),
    );
    observe(
      'after',
      (await admin.describeGroups(groups)).groups.map(({ state }) => state),
    );
    observe(
      'by time',
      (await admin.fetchTopicOffsetsByTimestamp(topic, 0)).toSorted((a, b) => a.partition - b.partition),
    );
    await admin.deleteTopics({ topics: [topic] });
    await until(async () => !(await admin.listTopics()).includes(topic));
    observe('gone', await rejectionOf(leadersOf(admin, topic)));
  },
});
