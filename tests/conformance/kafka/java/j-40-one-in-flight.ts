import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { valuesIn } from '../steps';

export const scenario = defineConformance({
  id: 'J-40',
  title: 'With one request in flight and no idempotence a lost answer makes a duplicate, and order is kept',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, observe } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer', {
      'linger.ms': 0,
      'batch.size': 1,
      'request.timeout.ms': 2000,
      'enable.idempotence': false,
      'max.in.flight.requests.per.connection': 1,
    });
    await producer.send({ topic, value: 'warm' });
    await fault.dropResponse('producer', 'Produce');
    // long enough that no two share even the smallest batch
    const sends = ['1', '2', '3', '4'].map((one) => producer.send({ topic, value: one.repeat(100) }));
    for (const send of sends) observe('offsets', (await send).offset);
    await producer.close();
    const [read] = await valuesIn(tools, topic, 1, 6);
    observe(
      'read',
      read.map(([first]) => first),
    );
  },
});
