import { defineConformance } from '../../define';
import { createTopic, fill, refusal, take } from './steps';

export const scenario = defineConformance({
  id: 'J-08',
  title: 'A slow handler keeps its membership: heartbeats come from a thread of their own',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, sleep } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 3);
    const consumer = await java.consumer('slow', {
      'group.id': name('group'),
      'auto.offset.reset': 'earliest',
      'enable.auto.commit': false,
      'session.timeout.ms': 6000,
      'heartbeat.interval.ms': 1000,
    });
    await consumer.subscribe([topic]);
    await take(consumer, 3);
    const { generationId } = await consumer.groupMetadata();
    await sleep(12_000);
    observe('commit after twice the session timeout', await refusal(consumer.commitSync()));
    observe('committed', await consumer.committed({ topic, partition: 0 }));
    await consumer.poll(500);
    observe('same generation', (await consumer.groupMetadata()).generationId === generationId);
  },
});
