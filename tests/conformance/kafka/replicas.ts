/** Topics whose replicas are on nodes that the scenario chooses. */
import type { Admin, Kafka } from 'kafkajs';

/** A topic with these nodes for each partition, the preferred leader first, and the admin that made it. */
export async function createReplicated(
  kafka: Kafka,
  topic: string,
  replicas: readonly (readonly number[])[],
  config: Readonly<Record<string, string>> = {},
): Promise<Admin> {
  const admin = kafka.admin();
  await admin.connect();
  const replicaAssignment = replicas.map((nodes, partition) => ({ partition, replicas: [...nodes] }));
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  await admin.createTopics({ topics: [{ topic, replicaAssignment, configEntries }], waitForLeaders: false });
  while ((await inSyncOf(admin, topic)).flat().length < replicas.flat().length);
  return admin;
}

/** The nodes in sync, by partition; empty while the topic is unknown. */
export async function inSyncOf(admin: Admin, topic: string): Promise<number[][]> {
  return (await partitionsOf(admin, topic)).map(({ isr }) => isr.toSorted((a, b) => a - b));
}

/** The node that leads each partition; -1 for none. */
export async function leadersOf(admin: Admin, topic: string): Promise<number[]> {
  return (await partitionsOf(admin, topic)).map(({ leader }) => leader);
}

async function partitionsOf(admin: Admin, topic: string) {
  const metadata = await admin.fetchTopicMetadata({ topics: [topic] }).catch(() => ({ topics: [] }));
  const partitions = metadata.topics.flatMap((each) => each.partitions);
  return partitions.toSorted((a, b) => a.partitionId - b.partitionId);
}
