import { defineConformance } from '../define';
import { createReplicated, inSyncOf, leadersOf } from './replicas';
import { connectProducer, rejectionOf, valuesIn } from './steps';
export default defineConformance({
  id: 'L-71',
  title: 'With two in sync of three, any one node may fall after another: what was acknowledged is there.',
  broker: 'kafka',
  cluster: { nodes: 3, config: { 'replica.lag.time.max.ms': 4000 } },
  compare: 'D',
  async run(tools) {
    const { kafka, client, name, fault, observe, until } = tools;
    const topic = name('orders');
    const admin = await createReplicated(client('admin', { requestTimeout: 1500 }), topic, [[1, 2, 3]], {
      'min.insync.replicas': '2',
    });
    const producer = await connectProducer(client('writer', { retry: { retries: 2 } }));
    await producer.send({ topic, messages: [{ value: 'a' }] });
    await fault.crash(3);
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 2, 30_000);
    observe('two in sync', await rejectionOf(producer.send({ topic, messages: [{ value: 'b' }] })));
    await fault.start(3);
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 3, 60_000);
    await fault.crash(1);
    await until(async () => (await leadersOf(admin, topic))[0] === 2, 60_000);
    observe('after', await rejectionOf(kafka.producer().connect()));
    const next = await connectProducer(kafka, { retry: { retries: 10 } });
    observe('sent', await next.send({ topic, messages: [{ value: 'c' }] }));
    await fault.start(1);
    await until(async () => (await inSyncOf(admin, topic))[0]?.length === 3, 60_000);
    observe('log', await valuesIn(tools, topic, 1, 3));
  },
});
