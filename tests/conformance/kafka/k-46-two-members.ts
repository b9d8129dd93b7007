import { defineConformance } from '../define';
import { createTopic } from './steps';
import { startMember, whenShared } from './members';

export default defineConformance({
  id: 'K-46',
  title: 'Two members of a group share four partitions, two each, every other one.',
  broker: 'kafka',
  // Which of the two gets which hangs on the ids that the broker gives them.
  compare: 'M',
  async run({ kafka, name, observe, until }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    await createTopic(kafka, topic, 4);
    const members = [await startMember(kafka, topic, groupId), await startMember(kafka, topic, groupId)];
    await until(() => whenShared(members, 4));
    observe(
      'assignments',
      members.map(({ assigned }) => assigned()),
    );
  },
});
