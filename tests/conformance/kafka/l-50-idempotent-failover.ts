import { defineConformance } from '../define';
import { createReplicated, leadersOf } from './replicas';
import { connectProducer, valuesIn } from './steps';

export default defineConformance({
  id: 'L-50',
  title:
    'The next leader knows what a producer has sent: a repeat after a failover is stored once, without idempotence twice.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run(tools) {
    const { client, kafka, name, fault, observe, until } = tools;
    for (const idempotent of [true, false]) {
      const topic = name('orders');
      const admin = await createReplicated(kafka, topic, [[1, 2, 3]], { 'min.insync.replicas': '2' });
      const who = idempotent ? 'idempotent' : 'plain';
      const producer = await connectProducer(client(who, { retry: { retries: 30 } }), { idempotent });
      const send = (value: string) => producer.send({ topic, messages: [{ key: 'k', value }] });
      await send('before');
      await fault.dropResponse(who, 'Produce', { holdMs: 60_000 });
      const sending = send('repeated');
      await until(async () => Number((await admin.fetchTopicOffsets(topic))[0].high) === 2);
      await fault.crash(1);
      await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
      observe(`${who}: sent`, await sending);
      observe(`${who}: log`, await valuesIn(tools, topic, 1, idempotent ? 2 : 3));
      await fault.start(1);
      await until(async () => (await leadersOf(admin, topic))[0] !== -1, 60_000);
    }
  },
});
