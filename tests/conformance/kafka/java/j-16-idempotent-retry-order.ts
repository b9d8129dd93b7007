import { defineConformance } from '../../define';
import { createTopic, take } from './steps';

export const scenario = defineConformance({
  id: 'J-16',
  title: 'A lost answer with five requests in flight: nothing twice, nothing out of order, by default',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, name, observe } = tools;
    // long enough that no two share even the smallest batch
    const values = ['1', '2', '3', '4', '5', '6'].map((one) => one.repeat(100));
    for (const idempotent of [true, false]) {
      const topic = await createTopic(tools, 1);
      const producer = await java.producer(`producer-${idempotent}`, {
        'linger.ms': 0,
        'batch.size': 1,
        'request.timeout.ms': 2000,
        'delivery.timeout.ms': 20_000,
        'enable.idempotence': idempotent,
      });
      await producer.send({ topic, value: 'warm' });
      await fault.dropResponse(`producer-${idempotent}`, 'Produce');
      const sent = await Promise.all(values.map((value) => producer.send({ topic, value })));
      await producer.close();
      const consumer = await java.consumer('a', {
        'group.id': name('group'),
        'auto.offset.reset': 'earliest',
      });
      await consumer.subscribe([topic]);
      const read = (await take(consumer, idempotent ? 7 : 12)).concat(await consumer.poll(1000));
      await consumer.close();
      const all = read.map(({ value }) => value!.slice(0, 4));
      if (idempotent) {
        observe('idempotent', all);
        observe(
          'offsets it was told',
          sent.map(({ offset }) => offset),
        );
      } else {
        // which of the requests that were lost comes back first is a matter of chance
        observe('not idempotent: how often each is there', Object.fromEntries(values.map((one) => [one[0], all.filter((value) => value[0] === one[0]).length]))); // prettier-ignore
        observe('not idempotent: the first of each, in order', [...new Set(all)]);
      }
    }
  },
});
