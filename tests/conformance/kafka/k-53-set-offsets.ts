import { defineConformance } from '../define';
import { startMember } from './members';
import { committedOffsets, createTopic, rejectionOf } from './steps';

export default defineConformance({
  id: 'K-53',
  title: "An admin may set a group's offsets only while nobody is in it.",
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const set = { groupId, topic, partitions: [{ partition: 0, offset: '0' }] };
    const member = await startMember(kafka, topic, groupId);
    observe('while it runs', await rejectionOf(admin.setOffsets(set)));
    observe('committed', await committedOffsets(admin, groupId, topic));
    await member.consumer.disconnect();
    observe('when it is empty', await rejectionOf(admin.setOffsets(set)));
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
