import { defineConformance } from '../../define';
import { createTopic } from './steps';

export const scenario = defineConformance({
  id: 'J-02',
  title: 'K-05 from Java: a send to a partition that is not there throws, after max.block.ms',
  broker: 'kafka',
  compare: { error: 'D', ends: 'D', 'waited, ms': { code: 'T', min: 1900, max: 4000 } },
  async run(tools) {
    const { java, now, observe } = tools;
    const topic = await createTopic(tools, 3);
    const producer = await java.producer('producer', { 'max.block.ms': 2000 });
    const since = now();
    await producer
      .send({ topic, partition: 9, value: 'x' })
      .catch((error: unknown) => observe('error', error));
    observe('waited, ms', now() - since);
    const admin = await java.admin('admin');
    for (const partition of [0, 1, 2])
      observe('ends', await admin.listOffsets({ topic, partition }, 'latest'));
  },
});
