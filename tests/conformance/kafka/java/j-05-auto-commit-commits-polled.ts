import { defineConformance } from '../../define';
import { createTopic, fill, take } from './steps';

export const scenario = defineConformance({
  id: 'J-05',
  title: 'Auto-commit commits what was polled, at a later poll, whether it was processed or not',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, sleep, until } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 10);
    const config = {
      'group.id': name('group'),
      'auto.offset.reset': 'earliest',
      'auto.commit.interval.ms': 3000,
      'max.poll.records': 4,
      'session.timeout.ms': 6000,
    };
    const partition = { topic, partition: 0 };
    const consumer = await java.consumer('a', config);
    await consumer.subscribe([topic]);
    observe('first poll', (await take(consumer, 1)).length);
    await sleep(4000);
    observe('committed after a while without a poll', await consumer.committed(partition));
    observe('second poll', (await consumer.poll(500)).length);
    await until(async () => (await consumer.committed(partition)) !== null);
    observe('committed with the second poll', await consumer.committed(partition));
    await consumer.kill();

    const next = await java.consumer('b', config);
    await next.subscribe([topic]);
    observe('where the next one begins', (await take(next, 1))[0].offset);
  },
});
