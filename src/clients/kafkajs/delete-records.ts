/** Deleting records: each leader is asked for what it leads (kafkajs 2.2.4 src/admin/index.js deleteTopicRecords). */
import type { SeekEntry } from 'kafkajs';
import type { Cluster } from './cluster';
import { KafkaJSNonRetriableError, KafkaJSProtocolError } from './errors';

/** How long a leader may wait for the other replicas, in milliseconds: what the library asks for. */
const timeoutMs = 5000;

/** Up to these offsets. Rejects with KafkaJSNonRetriableError when a leader refuses. */
export async function deleteBefore(
  cluster: Cluster,
  topic: string,
  partitions: readonly SeekEntry[],
): Promise<void> {
  const { partitions: known } = await cluster.topic(topic);
  for (const leader of new Set(known.map(({ leaderId }) => leaderId))) {
    const led = known.filter(({ leaderId }) => leaderId === leader).map((one) => one.partitionIndex);
    const wished = partitions
      .filter(({ partition }) => led.includes(partition))
      .map(({ partition, offset }) => ({ partitionIndex: partition, offset: Number(offset) }));
    if (wished.length > 0) await deleteAt(cluster, cluster.hostOf(leader), topic, wished);
  }
}

async function deleteAt(
  cluster: Cluster,
  host: string,
  name: string,
  partitions: readonly { readonly partitionIndex: number; readonly offset: number }[],
): Promise<void> {
  const request = { type: 'DeleteRecordsRequest', topics: [{ name, partitions }], timeoutMs } as const;
  const { topics } = await cluster.ask('DeleteRecordsResponse', request, host);
  for (const { errorCode } of topics.flatMap(({ partitions: all }) => all))
    if (errorCode !== 'NONE')
      throw new KafkaJSNonRetriableError('Error while deleting records', {
        cause: new KafkaJSProtocolError(errorCode),
      });
}
