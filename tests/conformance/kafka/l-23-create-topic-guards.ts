import { defineConformance } from '../define';
import { createTopic, rejectionOf } from './steps';

export default defineConformance({
  id: 'L-23',
  title: 'Topics that a broker refuses to make, to grow and to delete.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 2);
    const errorOf = async (promise: Promise<unknown>) => {
      const error = (await rejectionOf(promise)) as (Error & { errors?: unknown }) | null;
      return error && { error, errors: error.errors };
    };
    const create = (config: { topic: string; numPartitions?: number; replicationFactor?: number }) =>
      errorOf(admin.createTopics({ topics: [config], waitForLeaders: false }));
    observe('no partitions', await create({ topic: name('none'), numPartitions: 0 }));
    observe('a name with a space', await create({ topic: 'no name', numPartitions: 1 }));
    observe('more copies than nodes', await create({ topic: name('copies'), replicationFactor: 9 }));
    const config = { topic: name('settings'), configEntries: [{ name: 'retention', value: '1' }] };
    observe('an unknown setting', await create(config));
    const grow = (count: number) => errorOf(admin.createPartitions({ topicPartitions: [{ topic, count }] }));
    observe('fewer partitions', await grow(1));
    observe('as many partitions', await grow(2));
    observe('a topic that is not there', await errorOf(admin.deleteTopics({ topics: [name('nothing')] })));
  },
});
