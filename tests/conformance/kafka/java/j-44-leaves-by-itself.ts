import { defineConformance } from '../../define';
import { createTopic, fill, take } from './steps';

export const scenario = defineConformance({
  id: 'J-44',
  title:
    'A consumer whose program does not poll leaves its group by itself, though its heartbeats went on until then',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, sleep } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 1);
    const admin = await java.admin('admin');
    const groupId = name('group');
    const consumer = await java.consumer('a', {
      'group.id': groupId,
      'auto.offset.reset': 'earliest',
      'max.poll.interval.ms': 20_000,
      'session.timeout.ms': 6000,
      'heartbeat.interval.ms': 1000,
    });
    await consumer.subscribe([topic]);
    await take(consumer, 1);
    const look = async (when: string) => {
      const { state, members } = await admin.describeGroup(groupId);
      observe(when, [state, members.length]);
    };
    await look('at first');
    // longer than its session, which its heartbeats keep alive
    await sleep(10_000);
    await look('before max.poll.interval.ms');
    await sleep(16_000);
    await look('after it');
  },
});
