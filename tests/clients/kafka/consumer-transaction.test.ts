/** Commits that go through a transaction: what a program does with sendOffsets and commit. */
import { describe, expect, test } from 'vitest';
import { ConsumerConversation } from './conversation';

const ok = { errorCode: 'NONE' };
const reading = () =>
  new ConsumerConversation({ transactionalId: 'bank' })
    .join([0])
    .committed({ 0: 0 })
    .fetched({ 0: [0, 1] });

/** The record is handled, and the coordinator has given a producer id. */
const identified = () =>
  reading()
    .handled()
    .answer('FindCoordinatorResponse', { ...ok, nodeId: 0, host: 'kafka' })
    .answer('InitProducerIdResponse', { ...ok, producerId: 7, producerEpoch: 2 });

const stored = { topics: [{ name: 't', partitions: [{ partitionIndex: 0, errorCode: 'NONE' }] }] };

describe('a commit in a transaction', () => {
  test('finds the coordinator of its id and asks for a producer id first', () => {
    const talk = reading().handled();
    expect(talk.asked('FindCoordinatorRequest')).toMatchObject({ key: 'bank', keyType: 1 });
    talk.answer('FindCoordinatorResponse', { ...ok, nodeId: 0, host: 'kafka' });
    expect(talk.asked('InitProducerIdRequest')).toMatchObject({ transactionalId: 'bank' });
    expect(talk.count('OffsetCommitRequest')).toBe(0);
  });

  test('adds the group, stores the offsets, and ends the transaction, one after the other', () => {
    const talk = identified();
    const who = { transactionalId: 'bank', producerId: 7, producerEpoch: 2 };
    expect(talk.asked('AddOffsetsToTxnRequest')).toMatchObject(who);
    expect(talk.count('TxnOffsetCommitRequest')).toBe(0);
    talk.answer('AddOffsetsToTxnResponse', ok);
    expect(talk.asked('TxnOffsetCommitRequest').topics).toEqual([
      { name: 't', partitions: [{ partitionIndex: 0, committedOffset: 1 }] },
    ]);
    expect(talk.count('EndTxnRequest')).toBe(0);
    talk.answer('TxnOffsetCommitResponse', stored);
    expect(talk.asked('EndTxnRequest')).toMatchObject({ ...who, committed: true });
    talk.answer('EndTxnResponse', ok);
    expect(talk.lastFetch).toEqual(['t/0@1']);
  });

  test('the next one needs no new id', () => {
    const talk = identified()
      .answer('AddOffsetsToTxnResponse', ok)
      .answer('TxnOffsetCommitResponse', stored)
      .answer('EndTxnResponse', ok)
      .fetched({ 0: [1, 2] })
      .handled();
    expect(talk.count('InitProducerIdRequest')).toBe(1);
    expect(talk.count('AddOffsetsToTxnRequest')).toBe(2);
  });

  test('waits while the coordinator ends what was open before', () => {
    const talk = reading()
      .handled()
      .answer('FindCoordinatorResponse', { ...ok, nodeId: 0, host: 'kafka' })
      .answer('InitProducerIdResponse', { errorCode: 'CONCURRENT_TRANSACTIONS' });
    expect(talk.count('InitProducerIdRequest')).toBe(1);
    talk.wait(300);
    expect(talk.count('InitProducerIdRequest')).toBe(2);
  });

  test('a fenced one gives its id up and ends nothing', () => {
    const talk = identified().answer('AddOffsetsToTxnResponse', { errorCode: 'INVALID_PRODUCER_EPOCH' });
    expect(talk.count('EndTxnRequest')).toBe(0);
    expect(talk.state.transaction).toMatchObject({ producerId: -1, commit: null });
  });
});
