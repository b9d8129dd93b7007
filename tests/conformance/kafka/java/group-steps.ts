/** What the scenarios of the consumer protocol (KIP-848) and of share groups (KIP-932) do, made of client calls only. */
import type {
  JavaConfig,
  JavaConsumer,
  JavaProducer,
  JavaRecord,
  JavaShareConsumer,
} from '../../../../src/clients/kafka-java/api';
import type { ClusterSpec, Tools } from '../../define';
import { keepPolling, type Polling } from './steps';

/** Sessions and locks short enough to wait for. */
export const quick: ClusterSpec = {
  config: {
    'group.consumer.min.session.timeout.ms': 6000,
    'group.consumer.session.timeout.ms': 6000,
    'group.consumer.min.heartbeat.interval.ms': 500,
    'group.consumer.heartbeat.interval.ms': 1000,
    'group.share.min.session.timeout.ms': 6000,
    'group.share.session.timeout.ms': 6000,
    'group.share.min.heartbeat.interval.ms': 500,
    'group.share.heartbeat.interval.ms': 1000,
    'group.share.min.record.lock.duration.ms': 1000,
    'group.share.record.lock.duration.ms': 3000,
  },
};

/** A member of the consumer protocol that polls all the time. */
export async function startMember(
  { java }: Tools,
  clientId: string,
  group: string,
  topics: readonly string[],
  config: JavaConfig = {},
): Promise<Polling> {
  const consumer = await java.consumer(clientId, {
    'group.id': group,
    'group.protocol': 'consumer',
    'auto.offset.reset': 'earliest',
    ...config,
  });
  await consumer.subscribe(topics);
  return keepPolling(consumer);
}

/** Waits until every member has the epoch that all of them have when the group is stable, and gives it. */
export async function commonEpoch({ until }: Tools, consumers: readonly JavaConsumer[]): Promise<number> {
  let epochs: number[] = [];
  await until(async () => {
    epochs = await Promise.all(consumers.map(async (each) => (await each.groupMetadata()).generationId));
    return epochs[0] > 0 && epochs.every((epoch) => epoch === epochs[0]);
  }, 60_000);
  return epochs[0];
}

/** A member of a share group that has been assigned what there is: its first poll came back. */
export async function joinShare(
  tools: Tools,
  clientId: string,
  group: string,
  topic: string,
  config: JavaConfig = {},
): Promise<JavaShareConsumer> {
  const consumer = await tools.java.shareConsumer(clientId, { 'group.id': group, ...config });
  await consumer.subscribe([topic]);
  return consumer;
}

export const explicit: JavaConfig = { 'share.acknowledgement.mode': 'explicit' };

/** A share group that begins with the first record there is. */
export async function fromEarliest({ java }: Tools, group: string, config: JavaConfig = {}): Promise<void> {
  const admin = await java.admin('admin');
  await admin.setGroupConfig(group, { 'share.auto.offset.reset': 'earliest', ...config });
  await admin.close();
}

/** Polls until something comes, once. */
export async function pollSome(
  consumer: JavaShareConsumer,
  timeoutMs = 20_000,
): Promise<readonly JavaRecord[]> {
  for (let waited = 0; waited < timeoutMs; waited += 500) {
    const records = await consumer.poll(500);
    if (records.length > 0) return records;
  }
  return [];
}

/** "3 (1)": offset and how often it has been delivered. */
export function delivered(records: readonly JavaRecord[]): string[] {
  return records.map(({ offset, deliveryCount }) => `${offset} (${deliveryCount ?? 0})`);
}

/** Values "0", "1", …, each a batch of its own. */
export async function write(producer: JavaProducer, topic: string, from: number, to: number): Promise<void> {
  for (let value = from; value < to; value++)
    await producer.send({ topic, partition: 0, value: String(value) });
}
