import { defineConformance } from '../../define';
import { fromEarliest, joinShare, pollSome, quick, write } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-13',
  title: 'A share group: all its members may have the same partition; empty when they have left',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 1);
    const group = name('group');
    await fromEarliest(tools, group);
    const producer = await java.producer('producer');
    await write(producer, topic, 0, 1);
    const a = await joinShare(tools, 'a', group, topic);
    await pollSome(a);
    const b = await joinShare(tools, 'b', group, topic);
    const admin = await java.admin('admin');
    await until(async () => {
      await a.poll(200);
      await b.poll(200);
      const { members } = await admin.describeGroup(group);
      return (
        members.length === 2 &&
        members.every(
          ({ assignment, memberEpoch }) => assignment.length === 1 && memberEpoch === members[0].memberEpoch,
        )
      );
    }, 60_000);
    const { members, state, type } = await admin.describeGroup(group);
    observe('two', {
      state,
      type,
      members: members.map(({ assignment, clientId }) => ({ assignment, clientId })),
    });
    await a.close();
    await b.close();
    const after = await admin.describeGroup(group);
    observe('none', [after.state, after.members.length]);
  },
});
