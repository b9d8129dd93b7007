import { defineConformance } from '../define';
import { startMember, whenShared } from './members';
import { createTopic } from './steps';

export default defineConformance({
  id: 'K-47',
  title: 'More members than partitions: one has nothing to do.',
  broker: 'kafka',
  // Which of the three it is hangs on the ids that the broker gives them.
  compare: 'M',
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    await createTopic(kafka, topic, 2);
    const members = [];
    for (let count = 0; count < 3; count++) members.push(await startMember(kafka, topic, groupId));
    await until(() => whenShared(members, 2));
    observe(
      'assignments',
      members.map(({ assigned }) => assigned()),
    );
  },
});
