import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'K-50',
  title:
    'A handler slower than the session costs the membership, and its message comes again; heartbeats in it prevent that.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    for (const beats of [false, true]) {
      const says = beats ? 'with heartbeats' : 'without';
      const [topic, groupId] = [name('orders'), name('billing')];
      const admin = await createTopic(kafka, topic, 1);
      const producer = await connectProducer(kafka);
      await producer.send({ topic, messages: [{ value: 'a' }] });
      const consumer = kafka.consumer({
        groupId,
        sessionTimeout: 6000,
        heartbeatInterval: 1000,
        maxWaitTimeInMs: 500,
      });
      const handled: string[] = [];
      let joins = 0;
      consumer.on('consumer.group_join', () => joins++);
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message: { offset }, heartbeat }) => {
          handled.push(offset);
          if (handled.length > 1) return;
          for (let second = 0; second < 9; second++) {
            await sleep(1000);
            if (beats) await heartbeat();
          }
          observe(`${says}: committed`, await committedOffsets(admin, groupId, topic));
        },
      });
      await until(async () => (await committedOffsets(admin, groupId, topic))[0] === 1);
      observe(`${says}: handled`, handled);
      observe(`${says}: joins`, joins);
    }
  },
});
