import { defineConformance } from '../../define';
import { rejectionOf } from '../steps';

export const scenario = defineConformance({
  id: 'J-37',
  title: 'A topic that is not there: a send waits for max.block.ms; a name that cannot be is refused at once',
  broker: 'kafka',
  cluster: { config: { 'auto.create.topics.enable': false } },
  compare: { unknown: 'D', 'waited, ms': { code: 'T', min: 1900, max: 4000 }, invalid: 'D', partitions: 'D' },
  async run({ java, name, now, observe }) {
    const producer = await java.producer('producer', { 'max.block.ms': 2000 });
    const topic = name('orders');
    const since = now();
    observe('unknown', await rejectionOf(producer.send({ topic, value: 'x' })));
    observe('waited, ms', now() - since);
    observe('invalid', await rejectionOf(producer.send({ topic: 'no spaces', value: 'x' })));
    const admin = await java.admin('admin');
    await admin.createTopic(topic, 3);
    observe('partitions', await producer.partitionsFor(topic));
  },
});
