import { defineConformance } from '../../define';
import { delivered, explicit, fromEarliest, joinShare, pollSome, quick } from './group-steps';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'H-12',
  title:
    'A batch is acquired whole, also when max.poll.records is less; with share.acquire.mode record_limit it is cut',
  broker: 'kafka',
  cluster: quick,
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', { 'linger.ms': 500 });
    await Promise.all(
      [0, 1, 2, 3, 4].map((value) => producer.send({ topic, partition: 0, value: String(value) })),
    );
    for (const mode of ['batch_optimized', 'record_limit']) {
      const group = name('group');
      await fromEarliest(tools, group);
      const config = { ...explicit, 'max.poll.records': 2, 'share.acquire.mode': mode };
      const a = await joinShare(tools, 'a', group, topic, config);
      observe(mode, delivered(await pollSome(a)));
    }
  },
});
