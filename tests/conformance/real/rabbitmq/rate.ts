/** How many messages a real broker takes from end to end: one producer with confirms, one consumer with prefetch 100 and acks. */
import { randomBytes } from 'node:crypto';
import amqplib from 'amqplib';
import type { RabbitmqCluster } from './cluster';

const MESSAGES = 20_000;
/** Unconfirmed at a time. */
const PER_BATCH = 100;
const PREFETCH = 100;
/** The first ones find warm code. */
const WARM_UP = 5000;

/** Messages per second of real time, from the first publish that counts to the last message acknowledged. Needs a cluster that is well. */
export async function realRate(cluster: RabbitmqCluster): Promise<number> {
  const url = `amqp://${cluster.addresses[0]}?heartbeat=0`;
  const [sending, taking] = await Promise.all([amqplib.connect(url), amqplib.connect(url)]);
  const queue = `rate-${randomBytes(5).toString('hex')}`;
  try {
    const producer = await sending.createConfirmChannel();
    const consumer = await taking.createChannel();
    // Of several nodes most have to have it before it is confirmed, as in the bench.
    const type = cluster.addresses.length > 1 ? 'quorum' : 'classic';
    await consumer.assertQueue(queue, { arguments: { 'x-queue-type': type } });
    await consumer.prefetch(PREFETCH);
    let taken = 0;
    let began = 0;
    const over = new Promise<void>((resolve, reject) => {
      const take = (message: amqplib.ConsumeMessage | null): void => {
        if (!message) return;
        consumer.ack(message);
        if (++taken >= WARM_UP + MESSAGES) resolve();
      };
      consumer.consume(queue, take).catch(reject);
    });
    for (let sent = 0; sent < WARM_UP + MESSAGES; sent += PER_BATCH) {
      if (sent === WARM_UP) {
        while (taken < WARM_UP) await new Promise(setImmediate);
        began = performance.now();
      }
      for (let index = 0; index < PER_BATCH; index++)
        producer.sendToQueue(queue, Buffer.from(JSON.stringify({ number: sent + index })), {
          persistent: true,
        });
      await producer.waitForConfirms();
    }
    await over;
    await consumer.deleteQueue(queue);
    return MESSAGES / ((performance.now() - began) / 1000);
  } finally {
    for (const each of [sending, taking]) await each.close().catch(() => undefined);
  }
}
