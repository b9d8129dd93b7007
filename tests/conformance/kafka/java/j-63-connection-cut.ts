import { defineConformance } from '../../define';
import { createTopic, fill, keepPolling, refusal } from './steps';

export const scenario = defineConformance({
  id: 'J-63',
  title:
    'A consumer whose connections are reset, or that loses the answer to a commit, stays in its group and goes on',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { fault, java, name, observe, until } = tools;
    const topic = await createTopic(tools, 1);
    const producer = await java.producer('producer');
    const consumer = await java.consumer('a', {
      'group.id': name('group'),
      'auto.offset.reset': 'earliest',
      'enable.auto.commit': false,
      'request.timeout.ms': 3000,
    });
    await consumer.subscribe([topic]);
    const polling = keepPolling(consumer);
    await fill(producer, topic, 1, 2);
    await until(() => polling.taken.length === 2);
    const { generationId } = await consumer.groupMetadata();
    await fault.cut('a');
    await fill(producer, topic, 1, 2);
    await until(() => polling.taken.length === 4);
    await polling.stop();
    observe('commit', await refusal(consumer.commitSync()));
    await fault.dropResponse('a', 'OffsetCommit');
    observe('commit without an answer', await refusal(consumer.commitSync()));
    observe('committed', await consumer.committed({ topic, partition: 0 }));
    observe('generations on', (await consumer.groupMetadata()).generationId - generationId);
    observe('told', await consumer.rebalances());
    observe(
      'values',
      polling.taken.map(({ offset, value }) => [offset, value]),
    );
  },
});
