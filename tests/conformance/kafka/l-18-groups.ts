import { defineConformance } from '../define';
import { startMember } from './members';
import { createTopic, rejectionOf } from './steps';

export default defineConformance({
  id: 'L-18',
  title: 'A group is listed and described by its state; it can be deleted when nobody is in it.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const look = async (when: string) => {
      const { groups: listed } = await admin.listGroups();
      const { groups } = await admin.describeGroups([groupId]);
      const [{ protocol, protocolType, state, members }] = groups;
      observe(when, {
        listed: listed.some((group) => group.groupId === groupId),
        described: { protocol, protocolType, state, members: members.length },
      });
    };
    await look('before');
    const member = await startMember(kafka, topic, groupId);
    await look('with a member');
    observe('deleted with a member', await rejectionOf(admin.deleteGroups([groupId])));
    await member.consumer.disconnect();
    await look('when it left');
    observe('deleted', await admin.deleteGroups([groupId]));
    await look('deleted');
  },
});
