import type { ITopicConfig, KafkaJSAggregateError } from 'kafkajs';
import { defineConformance } from '../define';
import { createReplicated, leadersOf } from './replicas';
import { rejectionOf } from './steps';

export default defineConformance({
  id: 'L-54',
  title:
    'Topics want as many nodes as replicas, each of them known and named once; the same for new partitions.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    const admin = await createReplicated(kafka, topic, [[1, 2, 3]]);
    const create = async (config: Omit<ITopicConfig, 'topic'>) => {
      const topics = [{ topic: name('fresh'), ...config }];
      const error = await rejectionOf(admin.createTopics({ waitForLeaders: false, topics }));
      return error && (error as KafkaJSAggregateError).errors;
    };
    observe('more replicas than nodes', await create({ numPartitions: 1, replicationFactor: 4 }));
    observe('no replicas', await create({ numPartitions: 1, replicationFactor: 0 }));
    observe('an unknown node', await create({ replicaAssignment: [{ partition: 0, replicas: [1, 9] }] }));
    observe('a node twice', await create({ replicaAssignment: [{ partition: 0, replicas: [1, 1] }] }));
    observe('nobody', await create({ replicaAssignment: [{ partition: 0, replicas: [] }] }));
    const uneven = [
      { partition: 0, replicas: [1, 2] },
      { partition: 1, replicas: [3] },
    ];
    observe('unevenly', await create({ replicaAssignment: uneven }));
    observe('a partition left out', await create({ replicaAssignment: [{ partition: 1, replicas: [1] }] }));
    observe('as the nodes say', await create({ numPartitions: 2, replicationFactor: 3 }));
    const grow = (assignments: number[][]) =>
      rejectionOf(admin.createPartitions({ topicPartitions: [{ topic, count: 2, assignments }] }));
    observe('grown to an unknown node', await grow([[9, 1, 2]]));
    observe('grown with fewer replicas', await grow([[2, 1]]));
    observe('grown', await grow([[2, 3, 1]]));
    await until(async () => (await leadersOf(admin, topic)).length === 2);
    observe('leaders', await leadersOf(admin, topic));
  },
});
