import { defineConformance } from '../../define';
import { quick, startMember } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'G-02',
  title: 'Over two topics of three partitions range gives two members four and two, uniform three and three',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const topics = [await createTopic(tools, 3), await createTopic(tools, 3)];
    for (const assignor of ['uniform', 'range']) {
      const group = name('group');
      const config = { 'group.remote.assignor': assignor };
      const a = await startMember(tools, 'a', group, topics, config);
      const b = await startMember(tools, 'b', group, topics, config);
      let counts: number[] = [];
      const wanted = assignor === 'range' ? '2,4' : '3,3';
      await until(async () => {
        const seen = await Promise.all([a, b].map((each) => each.consumer.assignment()));
        counts = seen.map(({ length }) => length).sort((one, other) => one - other);
        return counts.join() === wanted;
      }, 60_000);
      observe(assignor, counts);
      await a.stop();
      await b.stop();
      await a.consumer.close();
      await b.consumer.close();
    }
  },
});
