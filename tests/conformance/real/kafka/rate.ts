/** How many messages a real broker takes from end to end, with the workload of `npm run bench` and kafkajs on both ends. */
import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import type { Cluster } from './cluster';

const MESSAGES = 20_000;
const PER_SEND = 100;
const KEYS = 97;
/** The first ones find warm code and open connections. */
const WARM_UP = 5000;

/** Messages per second of real time, from the first send that counts to the last message taken. Needs a cluster that is well. */
export async function realRate(cluster: Cluster): Promise<number> {
  const nodes = cluster.addresses.length;
  const kafka = new kafkajs.Kafka({
    clientId: 'rate',
    brokers: [...cluster.addresses],
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const topic = `rate-${randomBytes(5).toString('hex')}`;
  const admin = kafka.admin();
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: topic });
  try {
    await admin.connect();
    const configEntries = nodes > 1 ? [{ name: 'min.insync.replicas', value: '2' }] : [];
    const topics = [{ topic, numPartitions: 3, replicationFactor: nodes, configEntries }];
    await admin.createTopics({ topics, waitForLeaders: true });
    await producer.connect();
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    let taken = 0;
    let began = 0;
    const over = new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      const eachBatch: kafkajs.EachBatchHandler = async ({ batch }) => {
        taken += batch.messages.length;
        if (taken >= WARM_UP + MESSAGES) resolve();
      };
      consumer.run({ eachBatch }).catch(reject);
    });
    for (let sent = 0; sent < WARM_UP + MESSAGES; sent += PER_SEND) {
      if (sent === WARM_UP) {
        while (taken < WARM_UP) await new Promise(setImmediate);
        began = performance.now();
      }
      const messages = Array.from({ length: PER_SEND }, (_, index) => ({
        key: `k${(sent + index) % KEYS}`,
        value: JSON.stringify({ number: sent + index }),
      }));
      await producer.send({ topic, messages });
    }
    await over;
    return MESSAGES / ((performance.now() - began) / 1000);
  } finally {
    for (const each of [consumer, producer, admin]) await each.disconnect().catch(() => undefined);
  }
}
