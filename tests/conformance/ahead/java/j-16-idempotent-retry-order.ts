import { defineConformance } from '../../define';
import { createTopic, take } from '../../kafka/java/steps';

export const scenario = defineConformance({
  id: 'J-16',
  title: 'A lost answer with five requests in flight: nothing twice, nothing out of order, by default',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    for (const idempotent of [true, false]) {
      const producer = await java.producer(`producer-${idempotent}`, {
        'linger.ms': 0,
        'batch.size': 1,
        'request.timeout.ms': 2000,
        'delivery.timeout.ms': 20_000,
        'enable.idempotence': idempotent,
      });
      await producer.send({ topic, value: 'warm' });
      await fault.dropResponse(`producer-${idempotent}`, 'Produce');
      const sends = ['1', '2', '3', '4', '5', '6'].map((value) => producer.send({ topic, value }));
      await Promise.all(sends);
      await producer.close();
      const consumer = await java.consumer('a', {
        'group.id': name('group'),
        'auto.offset.reset': 'earliest',
      });
      await consumer.subscribe([topic]);
      const values = (await take(consumer, 7)).concat(await consumer.poll(1000)).map(({ value }) => value);
      observe(idempotent ? 'idempotent' : 'not idempotent, and what was there before', values);
      await consumer.close();
    }
  },
});
