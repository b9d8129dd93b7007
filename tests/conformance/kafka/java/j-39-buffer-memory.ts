import { defineConformance } from '../../define';
import { createTopic, refusal } from './steps';

export const scenario = defineConformance({
  id: 'J-39',
  title: 'With no memory left a send waits for max.block.ms and throws; what was taken before goes out',
  broker: 'kafka',
  compare: {
    refused: 'D',
    'waited, ms': { code: 'T', min: 2900, max: 4500 },
    offsets: 'D',
  },
  async run(tools) {
    const { fault, java, now, observe } = tools;
    const topic = await createTopic(tools, 3);
    const producer = await java.producer('producer', {
      'buffer.memory': 40_000,
      'batch.size': 16_384,
      'max.block.ms': 3000,
      'linger.ms': 0,
    });
    for (const partition of [0, 1, 2]) await producer.send({ topic, partition, value: 'warm' });
    await fault.pause(1, 8000);
    const sends = [0, 1].map((partition) => producer.send({ topic, partition, value: 'taken' }));
    const since = now();
    observe('refused', await refusal(producer.send({ topic, partition: 2, value: 'too many' })));
    observe('waited, ms', now() - since);
    for (const send of sends) observe('offsets', (await send).offset);
  },
});
