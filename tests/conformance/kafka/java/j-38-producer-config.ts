import { defineConformance } from '../../define';
import { createTopic } from './steps';
import { rejectionOf } from '../steps';

export const scenario = defineConformance({
  id: 'J-38',
  title: 'What acks and idempotence of the Java producer allow together, and what it throws when they do not',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, observe } = tools;
    const topic = await createTopic(tools, 1);
    for (const acks of ['0', '1', 'all']) {
      const producer = await java.producer('producer', { acks });
      observe(`offset with acks ${acks}`, (await producer.send({ topic, value: acks })).offset);
      await producer.close();
    }
    const refused = async (what: string, config: Record<string, string | number | boolean>) =>
      observe(what, await rejectionOf(java.producer('producer', config)));
    await refused('idempotent with acks 1', { acks: '1', 'enable.idempotence': true });
    await refused('idempotent without retries', { retries: 0, 'enable.idempotence': true });
    await refused('six in flight', { 'max.in.flight.requests.per.connection': 6 });
    await refused('transactional with acks 1', { acks: '1', 'transactional.id': 'tx' });
    await refused('transactional, not idempotent', { 'enable.idempotence': false, 'transactional.id': 'tx' });
    await refused('delivered sooner than asked', { 'delivery.timeout.ms': 1000 });
  },
});
