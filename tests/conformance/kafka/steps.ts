/** What many Kafka scenarios do, made of client calls only. */
import type { Admin, Consumer, ConsumerConfig, Kafka, KafkaJSError, Producer, ProducerConfig } from 'kafkajs';
import type { Tools } from '../define';

/** A topic, and the admin that made it. */
export async function createTopic(
  kafka: Kafka,
  topic: string,
  numPartitions: number,
  config: Readonly<Record<string, string>> = {},
  replicationFactor = 1,
): Promise<Admin> {
  const admin = kafka.admin();
  await admin.connect();
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  const topics = [{ topic, numPartitions, replicationFactor, configEntries }];
  await admin.createTopics({ topics, waitForLeaders: true }).catch(async (error: KafkaJSError) => {
    // A broker that has not heard of the topic yet: waitForLeaders gives up where it should ask again.
    if (!('type' in error) || error.type !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
    while ((await leadersOf(admin, topic)).length < numPartitions);
  });
  return admin;
}

export async function connectProducer(kafka: Kafka, config: ProducerConfig = {}): Promise<Producer> {
  const producer = kafka.producer(config);
  await producer.connect();
  return producer;
}

/** What a consumer was given, in order. */
export interface Reading {
  readonly consumer: Consumer;
  readonly taken: { readonly partition: number; readonly offset: number; readonly value: string }[];
}

/** A consumer that looks often and only notes what it is given. From the beginning, unless said. */
export async function startReading(
  kafka: Kafka,
  topic: string,
  config: ConsumerConfig,
  { fromBeginning = true, autoCommit = true } = {},
): Promise<Reading> {
  const consumer = kafka.consumer({ maxWaitTimeInMs: 500, ...config });
  const taken: Reading['taken'] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning });
  await consumer.run({
    autoCommit,
    eachMessage: async ({ partition, message }) => {
      taken.push({ partition, offset: Number(message.offset), value: String(message.value) });
    },
  });
  return { consumer, taken };
}

/** The offsets taken, once there are so many and a moment passed without more. */
export async function offsetsTaken(
  { until, sleep }: Tools,
  { taken }: Reading,
  count: number,
): Promise<number[]> {
  await until(() => taken.length >= count);
  await sleep(1000);
  return taken.map(({ offset }) => offset);
}

/** The values that a read_committed reader finds in the topic, by partition; it waits for `count` of them. */
export async function valuesIn(
  tools: Tools,
  topic: string,
  partitions: number,
  count: number,
): Promise<string[][]> {
  const reading = await startReading(tools.client('reader'), topic, { groupId: tools.name('reader') });
  await offsetsTaken(tools, reading, count);
  await reading.consumer.disconnect();
  return Array.from({ length: partitions }, (_, partition) =>
    reading.taken.filter((record) => record.partition === partition).map(({ value }) => value),
  );
}

/** The group's offset of every partition; -1 where nothing is committed. */
export async function committedOffsets(admin: Admin, groupId: string, topic: string): Promise<number[]> {
  const [{ partitions }] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return partitions.sort((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset));
}

/** The first offset and the next one of every partition. */
export async function endsOf(admin: Admin, topic: string): Promise<[low: number, high: number][]> {
  const ends = await admin.fetchTopicOffsets(topic);
  return ends.sort((a, b) => a.partition - b.partition).map(({ low, high }) => [Number(low), Number(high)]);
}

/** The node that leads each partition, -1 for none; empty while the topic is unknown. */
export async function leadersOf(admin: Admin, topic: string): Promise<number[]> {
  const metadata = await admin.fetchTopicMetadata({ topics: [topic] }).catch(() => ({ topics: [] }));
  return metadata.topics.flatMap(({ partitions }) =>
    partitions.toSorted((a, b) => a.partitionId - b.partitionId).map(({ leader }) => leader),
  );
}

/** What it is rejected with; null when it resolves. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}
