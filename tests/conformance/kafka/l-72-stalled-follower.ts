import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';
import { connectProducer, rejectionOf, endsOf, valuesIn } from './steps';
export default defineConformance({
  id: 'L-72',
  title:
    'A follower that stalls holds up acks all until it is out of the ISR; an idempotent producer’s repeats are stored once.',
  broker: 'kafka',
  cluster: { nodes: 3, config: { 'replica.lag.time.max.ms': 5000 } },
  compare: 'D',
  async run(tools) {
    const { client, name, fault, observe, until } = tools;
    for (const idempotent of [false, true]) {
      const topic = name('orders');
      const admin = await createReplicated(client('admin', { requestTimeout: 1500 }), topic, [[1, 2, 3]], {
        'min.insync.replicas': '3',
      });
      const producer = await connectProducer(
        client(`w${idempotent}`, { retry: { retries: 8, initialRetryTime: 1000, factor: 0 } }),
        { idempotent },
      );
      await producer.send({ topic, messages: [{ value: 'before' }] });
      await fault.pause(3, 12_000);
      const sent = await rejectionOf(producer.send({ topic, timeout: 2000, messages: [{ value: 'a' }] }));
      observe(`${idempotent}: error`, sent);
      await until(async () => (await inSyncOf(admin, topic))[0]?.length === 3, 60_000);
      const log = await valuesIn(tools, topic, 1, 2);
      observe(`${idempotent}: at least once`, [...new Set(log[0])]);
      if (idempotent) {
        observe('idempotent: log', log);
        observe('ends', await endsOf(admin, topic));
      }
    }
  },
});
