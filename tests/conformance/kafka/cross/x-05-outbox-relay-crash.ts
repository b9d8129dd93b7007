import { defineConformance } from '../../define';
import { connectProducer, createTopic, startReading } from '../steps';

export default defineConformance({
  id: 'X-05-kafka',
  title: 'A relay that publishes and dies before it marks the row publishes twice; an inbox applies it once.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, client, name, fault, observe, until, sleep }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const outbox = [{ id: 'event-1', sent: false }];
    const relay = async (who: string, dies: boolean): Promise<void> => {
      const producer = await connectProducer(client(who), { idempotent: true });
      for (const row of outbox.filter(({ sent }) => !sent)) {
        await producer.send({ topic, messages: [{ key: row.id, value: row.id }] });
        if (dies) return fault.cut(who);
        row.sent = true;
      }
      await producer.disconnect();
    };
    await relay('relay-a', true);
    await relay('relay-b', false);
    const { taken } = await startReading(kafka, topic, { groupId: name('inbox') });
    await until(() => taken.length >= 2);
    await sleep(1000);
    observe('copies', taken.length);
    observe('applied', new Set(taken.map(({ value }) => value)).size);
  },
});
