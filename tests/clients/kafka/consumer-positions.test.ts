import { describe, expect, test } from 'vitest';
import { part } from '../../../src/clients/kafka/consumer';
import type { Look } from '../../../src/kernel/part';
import { ConsumerConversation } from './conversation';

const consumer = (options = {}) => new ConsumerConversation(options);

describe('where to begin', () => {
  test('K-31: a committed offset beats fromBeginning', () => {
    expect(consumer({ fromBeginning: true }).join([0]).committed({ 0: 2 }).lastFetch).toEqual(['t/0@2']);
  });

  test('without a commit: the beginning, or the end', () => {
    const early = consumer({ fromBeginning: true }).join([0]).committed({ 0: -1 });
    expect(early.asked('ListOffsetsRequest').topics[0].partitions).toEqual([
      { partitionIndex: 0, timestamp: -2 },
    ]);
    expect(early.listed({ 0: 3 }).lastFetch).toEqual(['t/0@3']);
    const late = consumer({ fromBeginning: false }).join([0]).committed({ 0: -1 });
    expect(late.asked('ListOffsetsRequest').topics[0].partitions).toEqual([
      { partitionIndex: 0, timestamp: -1 },
    ]);
  });

  test('K-32: what was found at the end is not committed before a batch is processed', () => {
    const talk = consumer({ fromBeginning: false }).join([0]).committed({ 0: -1 }).listed({ 0: 7 });
    talk
      .wait(3000)
      .fetched({ 0: [7, 7] })
      .beating()
      .fetched({ 0: [7, 7] });
    expect(talk.count('OffsetCommitRequest')).toBe(0);
    talk.fetched({ 0: [7, 8] }).handled();
    expect(talk.lastCommit).toEqual(['t/0@8']);
  });

  test('asks the leader only about partitions without a commit', () => {
    const talk = consumer().join([0, 1]).committed({ 0: 4, 1: -1 });
    expect(talk.asked('ListOffsetsRequest').topics[0].partitions).toEqual([
      { partitionIndex: 1, timestamp: -2 },
    ]);
    expect(talk.listed({ 1: 0 }).lastFetch).toEqual(['t/0@4', 't/1@0']);
  });

  test('K-41: out of range: commits the policy’s sentinel, asks anew, goes on there', () => {
    const talk = consumer({ fromBeginning: true }).join([0]).committed({ 0: 2 });
    talk.fetched({ 0: [2, 2] }, 'OFFSET_OUT_OF_RANGE');
    expect(talk.facts.pop()).toMatchObject({ kind: 'failed', type: 'OffsetOutOfRange', position: 2 });
    expect(talk.lastCommit).toEqual(['t/0@-2']);
    expect(talk.committing().committed({ 0: -2 }).listed({ 0: 5 }).lastFetch).toEqual(['t/0@5']);
  });

  test('K-40: out of range without fromBeginning: the end', () => {
    const talk = consumer({ fromBeginning: false }).join([0]).committed({ 0: 100 });
    talk.fetched({ 0: [100, 100] }, 'OFFSET_OUT_OF_RANGE').committing();
    expect(talk.lastCommit).toEqual(['t/0@-1']);
    talk.committed({ 0: -1 });
    expect(talk.asked('ListOffsetsRequest').topics[0].partitions[0].timestamp).toBe(-1);
  });
});

describe('fetching', () => {
  test('asks for what the options say, on behalf of its group', () => {
    const talk = consumer({ maxWaitTimeInMs: 700, minBytes: 5, maxBytes: 9000, maxBytesPerPartition: 800 });
    expect(talk.join([0]).committed({ 0: 0 }).asked('FetchRequest')).toMatchObject({
      maxWaitMs: 700,
      minBytes: 5,
      maxBytes: 9000,
      isolationLevel: 1,
      groupId: 'search',
      topics: [{ topic: 't', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 800 }] }],
    });
  });

  test('sorts partition numbers as text, as kafkajs does', () => {
    const talk = consumer().join([2, 10], 11).committed({ 2: 0, 10: 0 });
    expect(talk.lastFetch).toEqual(['t/10@0', 't/2@0']);
  });

  test('takes only what it asked for from a batch that begins earlier', () => {
    const talk = consumer()
      .join([0])
      .committed({ 0: 2 })
      .fetched({ 0: [0, 4] })
      .handled()
      .handled();
    expect(talk.invocations).toEqual(['0@2', '0@3']);
  });

  test('a leader that moved: fresh metadata, then the group is joined again', () => {
    const talk = consumer()
      .join([0])
      .committed({ 0: 0 })
      .fetched({ 0: [0, 0] }, 'NOT_LEADER_OR_FOLLOWER');
    talk.metadata({ t: 1 });
    expect(talk.count('FindCoordinatorRequest')).toBe(2);
  });

  test('a lost connection: metadata is asked for until the broker is back, then on from the same position', () => {
    const talk = consumer().join([0]).committed({ 0: 3 }).hangUp().hangUp().wait(400).metadata({ t: 1 });
    expect(talk.count('FindCoordinatorRequest')).toBe(1);
    expect(talk.lastFetch).toEqual(['t/0@3']);
    expect(talk.count('FetchRequest')).toBe(2);
  });

  test('no answer within requestTimeout: a back-off, then the same fetch', () => {
    const talk = consumer().join([0]).committed({ 0: 3 }).wait(30_000);
    expect(talk.reminder('RetryLoop')).toBeLessThanOrEqual(360);
    talk.wait(400);
    expect(talk.count('FetchRequest')).toBe(2);
  });
});

describe('seeking', () => {
  const reading = (options = {}) => consumer(options).join([0, 1], 3).committed({ 0: 9, 1: 4 });
  const seek = (offset: number, partition: number | null = 0) => ({
    type: 'Seek',
    topic: 't',
    partition,
    offset,
  });

  test('takes effect before the next fetch: commits the sought offset, says so, asks for it, fetches there', () => {
    const talk = reading().hand(seek(5));
    expect(talk.facts).toEqual([]);
    talk.fetched({ 0: [9, 12], 1: [4, 4] });
    expect(talk.facts).toEqual([
      {
        kind: 'sought',
        type: 'PositionSought',
        subject: 'kafka/t/0',
        position: 5,
        amount: 9,
        group: 'search',
        cause: -1,
      },
    ]);
    expect(talk.lastCommit).toEqual(['t/0@5']);
    talk.committing();
    expect(talk.asked('OffsetFetchRequest').topics).toEqual([{ name: 't', partitionIndexes: [0] }]);
    expect(talk.committed({ 0: 5 }).lastFetch).toEqual(['t/0@5', 't/1@4']);
    expect(talk.invocations).toEqual([]);
  });

  test('ends the batch that is being worked on after the present message', () => {
    const talk = reading()
      .fetched({ 0: [9, 12], 1: [4, 4] })
      .hand(seek(5))
      .handled();
    expect(talk.invocations).toEqual(['0@9']);
    expect(talk.lastCommit).toEqual(['t/0@10']);
    expect(talk.committing().lastCommit).toEqual(['t/0@5']);
  });

  test('is left to the owner of the partition', () => {
    const talk = reading()
      .hand(seek(0, 2))
      .fetched({ 0: [9, 9], 1: [4, 4] });
    expect(talk.state.seeks).toEqual([]);
    expect(talk.count('OffsetCommitRequest')).toBe(0);
  });

  test('of a whole topic moves every partition this member owns', () => {
    const talk = reading()
      .hand(seek(1, null))
      .fetched({ 0: [9, 9], 1: [4, 4] })
      .committing()
      .committing();
    expect(talk.facts.map(({ subject, position }) => `${subject}@${position}`)).toEqual([
      'kafka/t/0@1',
      'kafka/t/1@1',
    ]);
    expect(talk.asked('OffsetFetchRequest').topics![0].partitionIndexes).toEqual([0, 1]);
  });

  test('the latest of several counts', () => {
    const talk = reading()
      .hand(seek(1))
      .hand(seek(2))
      .fetched({ 0: [9, 9], 1: [4, 4] });
    expect(talk.lastCommit).toEqual(['t/0@2']);
    talk.committing().committed({ 0: 2 });
    expect(talk.count('OffsetCommitRequest')).toBe(1);
  });

  test('without auto-commit only the position moves', () => {
    const talk = reading({ autoCommit: false })
      .hand(seek(5))
      .fetched({ 0: [9, 9], 1: [4, 4] });
    expect(talk.count('OffsetCommitRequest')).toBe(0);
    expect(talk.lastFetch).toEqual(['t/0@5', 't/1@4']);
    expect(talk.facts.pop()).toMatchObject({ kind: 'sought', position: 5, amount: 9 });
  });

  test('−2 and −1 go where the reset policy says, whichever of them it was', () => {
    const talk = reading({ fromBeginning: false })
      .hand(seek(-2))
      .fetched({ 0: [9, 9], 1: [4, 4] });
    expect(talk.lastCommit).toEqual(['t/0@-2']);
    talk.committing().committed({ 0: -2 }).listed({ 0: 30 });
    expect(talk.facts).toMatchObject([{ kind: 'sought', position: 30, amount: 9 }]);
    expect(talk.lastFetch).toEqual(['t/0@30', 't/1@4']);
  });

  test('−2 and −1 without auto-commit become 0', () => {
    const talk = reading({ autoCommit: false })
      .hand(seek(-1))
      .fetched({ 0: [9, 9], 1: [4, 4] });
    expect(talk.lastFetch).toEqual(['t/0@0', 't/1@4']);
  });

  test('while the group is joined again it waits for the new owner to be known', () => {
    const talk = reading()
      .fetched({ 0: [9, 9], 1: [4, 4] })
      .wait(3000)
      .fetched({ 0: [9, 9], 1: [4, 4] });
    talk.beating('REBALANCE_IN_PROGRESS').beating('REBALANCE_IN_PROGRESS');
    talk.hand(seek(5, 1)).hand(seek(5, 2));
    talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' }).rejoin([1], 3, 2);
    expect(talk.lastCommit).toEqual(['t/1@5']);
    talk.committing().committed({ 1: 5 });
    expect(talk.facts.map(({ subject }) => subject)).toEqual(['kafka/t/1']);
    expect(talk.state.seeks).toEqual([]);
  });

  test('is forgotten when its commit is refused, and says so', () => {
    const talk = reading()
      .hand(seek(5))
      .fetched({ 0: [9, 9], 1: [4, 4] })
      .committing('ILLEGAL_GENERATION');
    expect(talk.facts.pop()).toMatchObject({ kind: 'failed', type: 'SeekFailed', position: 5 });
    expect(talk.count('FindCoordinatorRequest')).toBe(2);
  });
});

describe('pausing', () => {
  test('K-43: ends the batch after the present message; nothing more is fetched; nothing is lost on resuming', () => {
    const talk = consumer()
      .join([0])
      .committed({ 0: 0 })
      .fetched({ 0: [0, 4] })
      .handled();
    talk.hand({ type: 'Pause' }).handled().committing();
    expect(talk.lastCommit).toEqual(['t/0@2']);
    talk.wait(5000).beating().wait(5000).beating();
    expect(talk.count('FetchRequest')).toBe(1);
    talk.hand({ type: 'Resume' }).wait(5000).beating();
    expect(talk.lastFetch).toEqual(['t/0@2']);
    talk
      .fetched({ 0: [2, 4] })
      .handled()
      .handled();
    expect(talk.invocations).toEqual(['0@0', '0@1', '0@2', '0@3']);
  });

  test('takes nothing from a fetch that was open', () => {
    const talk = consumer()
      .join([0])
      .committed({ 0: 0 })
      .hand({ type: 'Pause' })
      .fetched({ 0: [0, 4] });
    expect(talk.invocations).toEqual([]);
    expect(talk.reminder('Wake')).toBe(5000);
  });
});

describe('its picture', () => {
  const look: Look = {
    now: 0,
    cells: 10,
    rows: 10,
    laneEnd: () => null,
    face: (message) => ({ message, domain: 'order', label: `m${message}`, key: null, version: 1 }),
  };
  const labels = (faces: readonly { label: string }[] = []) => faces.map(({ label }) => label);

  test('names what waits, what a crash would repeat, and where it reads', () => {
    const talk = consumer()
      .join([0, 1])
      .committed({ 0: 0, 1: 0 })
      .fetched({ 0: [0, 4], 1: [0, 2] })
      .handled();
    const { process, reads } = part.describe!(talk.state, look);
    expect(process).toMatchObject({
      steps: ['receive', 'apply', 'commit'],
      group: 'search',
      owns: ['kafka/t/0', 'kafka/t/1'],
    });
    expect(labels(process?.queued)).toEqual(['m2', 'm3', 'm4', 'm5']);
    expect(labels(process?.unsettled)).toEqual(['m0']);
    expect(reads).toEqual([
      { lane: 'kafka/t/0', group: 'search', position: 1 },
      { lane: 'kafka/t/1', group: 'search', position: 0 },
    ]);
  });

  test('shows the step "commit" until the answer is there', () => {
    const talk = consumer()
      .join([0])
      .committed({ 0: 0 })
      .fetched({ 0: [0, 1] })
      .wait(10)
      .handled();
    expect(part.describe!(talk.state, look).process?.step).toEqual({
      name: 'commit',
      since: 10_000,
      until: null,
    });
    talk.committing();
    expect(part.describe!(talk.state, look).process?.step).toBeUndefined();
    expect(part.describe!(talk.state, look).process?.unsettled).toEqual([]);
  });

  test('says that it is paused', () => {
    expect(part.describe!(consumer().join([0]).hand({ type: 'Pause' }).state, look).condition).toBe('paused');
  });
});
