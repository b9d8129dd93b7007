import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, endsOf, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'L-04',
  title: 'Reading deletes nothing: two groups read the same records, and seeking back reads them again.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c', 'd'].map((value) => ({ value })) });
    const groups = { search: name('search'), cache: name('cache') };
    const search = await startReading(kafka, topic, { groupId: groups.search });
    observe('search', await offsetsTaken(tools, search, 4));
    const cache = await startReading(kafka, topic, { groupId: groups.cache });
    await offsetsTaken(tools, cache, 4);
    cache.consumer.seek({ topic, partition: 0, offset: '1' });
    observe('cache', await offsetsTaken(tools, cache, 7));
    for (const { consumer } of [search, cache]) await consumer.disconnect();
    for (const group of [groups.search, groups.cache])
      observe('committed', await committedOffsets(admin, group, topic));
    observe('ends', await endsOf(admin, topic));
  },
});
