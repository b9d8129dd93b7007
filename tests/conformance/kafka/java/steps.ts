/** What many scenarios of the Java client do, made of client calls only. */
import type {
  JavaConfig,
  JavaConsumer,
  JavaProducer,
  JavaRecord,
} from '../../../../src/clients/kafka-java/api';
import type { Tools } from '../../define';

/** A topic that nobody has used. */
export async function createTopic(
  { java, name }: Tools,
  partitions: number,
  config: JavaConfig = {},
): Promise<string> {
  const topic = name('orders');
  const admin = await java.admin('admin');
  await admin.createTopic(topic, partitions, config);
  await admin.close();
  return topic;
}

/** Writes values "0", "1", … to every partition, so many each, and waits for the answers. */
export async function fill(
  producer: JavaProducer,
  topic: string,
  partitions: number,
  count: number,
): Promise<void> {
  for (let partition = 0; partition < partitions; partition++)
    for (let value = 0; value < count; value++)
      await producer.send({ topic, partition, value: String(value) });
}

/** Polls until so many records came. */
export async function take(consumer: JavaConsumer, count: number): Promise<JavaRecord[]> {
  const taken: JavaRecord[] = [];
  while (taken.length < count) taken.push(...(await consumer.poll(500)));
  return taken;
}

/** A program that polls all the time, as consumers do, and keeps what it is given. */
export interface Polling {
  readonly consumer: JavaConsumer;
  readonly taken: JavaRecord[];
  /** What a poll threw; it polls no more. */
  error: unknown;
  /** Resolves when the last poll has returned. */
  stop(): Promise<void>;
}

export function keepPolling(consumer: JavaConsumer): Polling {
  let stopped = false;
  const loop = async () => {
    while (!stopped) polling.taken.push(...(await consumer.poll(100)));
  };
  const polling: Polling = {
    consumer,
    taken: [],
    error: null,
    stop: () => {
      stopped = true;
      return over;
    },
  };
  const over = loop().catch((error: unknown) => void (polling.error = error));
  return polling;
}

/** Waits until everybody has so many partitions, and gives their names. */
export async function assignments(
  { until }: Tools,
  consumers: readonly JavaConsumer[],
  counts: readonly number[],
): Promise<(readonly string[])[]> {
  let seen: (readonly string[])[] = [];
  await until(async () => {
    seen = await Promise.all(consumers.map((consumer) => consumer.assignment()));
    return seen.every(({ length }, index) => length === counts[index]);
  }, 60_000);
  return seen;
}

/** The name of what it is rejected with; null when it resolves. */
export async function refusal(promise: Promise<unknown>): Promise<string | null> {
  return promise.then(
    () => null,
    (error: unknown) => (error as Error).name,
  );
}

export const range = 'org.apache.kafka.clients.consumer.RangeAssignor';
export const roundRobin = 'org.apache.kafka.clients.consumer.RoundRobinAssignor';
export const sticky = 'org.apache.kafka.clients.consumer.StickyAssignor';
export const cooperativeSticky = 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor';
