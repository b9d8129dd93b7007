import { defineConformance } from '../../define';
import { startMember, whenShared } from '../members';
import { connectProducer, createTopic } from '../steps';

export default defineConformance({
  id: 'X-04-kafka',
  title: 'Three consumers of two partitions: two have work, and the third has none.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    await createTopic(kafka, topic, 2);
    const members: Awaited<ReturnType<typeof startMember>>[] = [];
    for (let count = 0; count < 3; count++) members.push(await startMember(kafka, topic, groupId));
    await until(() => whenShared(members, 2));
    const producer = await connectProducer(kafka);
    await producer.send({
      topic,
      messages: [0, 1].map((partition) => ({ partition, value: `to ${partition}` })),
    });
    observe('consumers with a partition', members.filter((member) => member.assigned().length > 0).length);
    observe('consumers without', members.filter((member) => member.assigned().length === 0).length);
  },
});
