import { defineConformance } from '../../define';
import { createTopic, refusal, take } from './steps';

export const scenario = defineConformance({
  id: 'J-18',
  title: 'A second producer with the same transactional.id fences the first',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe } = tools;
    const topic = await createTopic(tools, 1);
    const config = { 'transactional.id': name('tx') };
    const first = await java.producer('a', config);
    await first.initTransactions();
    await first.beginTransaction();
    await first.send({ topic, value: 'of the first' });
    const second = await java.producer('b', config);
    await second.initTransactions();
    await second.beginTransaction();
    await second.send({ topic, value: 'of the second' });
    await second.commitTransaction();
    observe('send of the first', await refusal(first.send({ topic, value: 'again' })));
    observe('commit of the first', await refusal(first.commitTransaction()));
    observe('abort of the first', await refusal(first.abortTransaction()));
    const reader = await java.consumer('reader', {
      'group.id': name('reader'),
      'auto.offset.reset': 'earliest',
      'isolation.level': 'read_committed',
    });
    await reader.subscribe([topic]);
    observe(
      'read',
      (await take(reader, 1)).map(({ value, offset }) => [offset, value]),
    );
  },
});
