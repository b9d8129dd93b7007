import { defineConformance } from '../../define';
import { commonEpoch, quick, startMember } from './group-steps';
import { assignments, createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-07',
  title:
    "KIP-848: the group says its state, its members' epochs and what each has; when all have left it is empty",
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 4);
    const group = name('group');
    const a = await startMember(tools, 'a', group, [topic]);
    await assignments(tools, [a.consumer], [4]);
    const b = await startMember(tools, 'b', group, [topic]);
    await assignments(tools, [a.consumer, b.consumer], [2, 2]);
    await commonEpoch(tools, [a.consumer, b.consumer]);
    const admin = await java.admin('admin');
    observe('two members', await admin.describeGroup(group));
    for (const each of [a, b]) {
      await each.stop();
      await each.consumer.close();
    }
    observe('none', await admin.describeGroup(group));
  },
});
