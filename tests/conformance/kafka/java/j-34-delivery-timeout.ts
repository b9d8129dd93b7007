import { defineConformance } from '../../define';
import { createTopic, refusal } from './steps';

export const scenario = defineConformance({
  id: 'J-34',
  title: 'A record that nobody acknowledges is given up after delivery.timeout.ms, however often it was sent',
  broker: 'kafka',
  compare: {
    refused: 'D',
    'after, ms': { code: 'T', min: 3900, max: 7000 },
    'and then': 'D',
  },
  async run(tools) {
    const { fault, java, now, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', {
      'linger.ms': 0,
      'request.timeout.ms': 1500,
      'delivery.timeout.ms': 4000,
    });
    await producer.send({ topic, value: 'warm' });
    await fault.pause(1, 10_000);
    const since = now();
    observe('refused', await refusal(producer.send({ topic, value: 'lost' })));
    observe('after, ms', now() - since);
    await tools.sleep(10_000);
    observe('and then', await refusal(producer.send({ topic, value: 'next' })));
  },
});
