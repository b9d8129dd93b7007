import { defineConformance } from '../../define';
import { createTopic, fill, keepPolling, refusal, take } from './steps';

export const scenario = defineConformance({
  id: 'J-17',
  title: 'Offsets in a transaction are refused when the consumer has lost its place meanwhile (KIP-447)',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { java, name, observe, until } = tools;
    const topic = await createTopic(tools, 1);
    const out = await createTopic(tools, 1);
    await fill(await java.producer('producer'), topic, 1, 3);
    const config = {
      'group.id': name('group'),
      'auto.offset.reset': 'earliest',
      'enable.auto.commit': false,
      'max.poll.interval.ms': 3000,
    };
    const offsets = [{ topic, partition: 0, offset: 3 }];
    const slow = await java.consumer('slow', config);
    const producer = await java.producer('slow-out', { 'transactional.id': name('tx') });
    await producer.initTransactions();
    await slow.subscribe([topic]);
    await take(slow, 3);
    await producer.beginTransaction();
    await producer.send({ topic: out, value: 'of the slow one' });

    const other = await java.consumer('other', { ...config, 'max.poll.interval.ms': 60_000 });
    await other.subscribe([topic]);
    const polling = keepPolling(other);
    await until(() => polling.taken.length === 3, 60_000);
    observe('offsets of the slow one', await refusal(producer.sendOffsetsToTransaction(offsets, slow)));
    observe('its commit', await refusal(producer.commitTransaction()));
    observe('its abort', await refusal(producer.abortTransaction()));

    const next = await java.producer('other-out', { 'transactional.id': name('tx') });
    await next.initTransactions();
    await next.beginTransaction();
    await next.send({ topic: out, value: 'of the other' });
    observe('offsets of the other', await refusal(next.sendOffsetsToTransaction(offsets, other)));
    observe('its commit', await refusal(next.commitTransaction()));
    await polling.stop();
    observe('committed', await other.committed({ topic, partition: 0 }));
    const reader = await java.consumer('reader', {
      'group.id': name('reader'),
      'auto.offset.reset': 'earliest',
      'isolation.level': 'read_committed',
    });
    await reader.subscribe([out]);
    observe(
      'what came of it',
      (await take(reader, 1)).map(({ value }) => value),
    );
  },
});
