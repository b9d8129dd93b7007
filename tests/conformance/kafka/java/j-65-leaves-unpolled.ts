import { defineConformance } from '../../define';
import { createTopic, fill, refusal, take } from './steps';

export const scenario = defineConformance({
  id: 'J-65',
  title:
    'A consumer that nobody polls leaves its group by itself after max.poll.interval.ms, with nobody else there',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, sleep } = tools;
    const topic = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 2);
    const group = name('group');
    const admin = await java.admin('admin');
    const consumer = await java.consumer('slow', {
      'group.id': group,
      'auto.offset.reset': 'earliest',
      'enable.auto.commit': false,
      'max.poll.interval.ms': 4000,
    });
    await consumer.subscribe([topic]);
    await take(consumer, 2);
    const members = async () => (await admin.describeGroup(group)).members.length;
    observe('members', await members());
    await sleep(8000);
    observe('members, unpolled', await members());
    observe('commit', await refusal(consumer.commitSync()));
    await consumer.rebalances();
    observe(
      'polled again',
      (await take(consumer, 2)).map(({ offset }) => offset),
    );
    observe('members, polled again', await members());
    observe('told', await consumer.rebalances());
  },
});
