import type { JavaShareConsumer } from '../../../../src/clients/kafka-java/api';
import { defineConformance } from '../../define';
import { joinShare, quick } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-20',
  title: 'Three members share two partitions: each partition has two of them, and nobody has none',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 2);
    const group = name('group');
    const members: JavaShareConsumer[] = [];
    for (const id of ['a', 'b', 'c']) members.push(await joinShare(tools, id, group, topic));
    const admin = await java.admin('admin');
    let counts: number[] = [];
    await until(async () => {
      for (const member of members) await member.poll(100);
      const described = await admin.describeGroup(group);
      counts = described.members.map(({ assignment }) => assignment.length).sort((one, other) => one - other);
      return counts.join() === '1,1,2';
    }, 60_000);
    observe('assigned', counts);
  },
});
