import { describe, expect, test } from 'vitest';
import { ConsumerConversation } from './conversation';

const consumer = (options = {}) => new ConsumerConversation(options);

describe('joining', () => {
  test('finds the coordinator, joins twice for an id (KIP-394), assigns as leader, syncs, asks for its offsets', () => {
    const talk = consumer().join([0, 1]);
    expect(talk.requests.map(({ type }) => type)).toEqual([
      'MetadataRequest',
      'FindCoordinatorRequest',
      'JoinGroupRequest',
      'JoinGroupRequest',
      'MetadataRequest',
      'SyncGroupRequest',
      'OffsetFetchRequest',
    ]);
    expect(talk.asked('JoinGroupRequest')).toMatchObject({
      groupId: 'search',
      memberId: 'me',
      sessionTimeoutMs: 30_000,
      rebalanceTimeoutMs: 60_000,
      protocols: [{ name: 'RoundRobinAssigner', topics: ['t'] }],
    });
    expect(talk.asked('SyncGroupRequest').assignments).toEqual([
      { memberId: 'me', assignment: { t: [0, 1] } },
    ]);
  });

  test('a follower sends no assignment and needs no fresh metadata', () => {
    const talk = consumer().hand({ type: 'Start' }).metadata({ t: 2 });
    talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
    const joined = { errorCode: 'NONE', generationId: 3, protocolName: 'RoundRobinAssigner', members: [] };
    talk.answer('JoinGroupResponse', { ...joined, leader: 'other', memberId: 'me' });
    expect(talk.asked('SyncGroupRequest')).toMatchObject({
      generationId: 3,
      memberId: 'me',
      assignments: [],
    });
    expect(talk.count('MetadataRequest')).toBe(1);
  });

  test.each(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'NOT_COORDINATOR'] as const)(
    '%s while syncing: a little later from the start, with the same id',
    (errorCode) => {
      const talk = consumer().hand({ type: 'Start' }).metadata({ t: 1 });
      talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
      const joined = { errorCode: 'NONE', generationId: 1, protocolName: 'RoundRobinAssigner', members: [] };
      talk.answer('JoinGroupResponse', { ...joined, leader: 'other', memberId: 'me' });
      talk.answer('SyncGroupResponse', { errorCode, assignment: {} }).wait(400);
      expect(talk.count('FindCoordinatorRequest')).toBe(2);
      talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
      expect(talk.asked('JoinGroupRequest').memberId).toBe('me');
    },
  );

  test('a coordinator that has forgotten the member: joins again as a new one', () => {
    const talk = consumer()
      .join([0])
      .committed({ 0: 0 })
      .fetched({ 0: [0, 0] })
      .wait(3000);
    talk.fetched({ 0: [0, 0] }).beating('UNKNOWN_MEMBER_ID');
    talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
    expect(talk.asked('JoinGroupRequest').memberId).toBe('');
  });

  test('a coordinator that is not available is looked for again after fresh metadata', () => {
    const talk = consumer().hand({ type: 'Start' }).metadata({ t: 1 });
    talk.answer('FindCoordinatorResponse', { errorCode: 'COORDINATOR_NOT_AVAILABLE', nodeId: -1, host: '' });
    talk.wait(400).metadata({ t: 1 });
    expect(talk.count('FindCoordinatorRequest')).toBe(2);
  });

  test('a protocol the others do not know: crashes and does not start again', () => {
    const talk = consumer().hand({ type: 'Start' }).metadata({ t: 1 });
    talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
    const refused = { generationId: -1, protocolName: '', leader: '', memberId: '', members: [] };
    talk.answer('JoinGroupResponse', { ...refused, errorCode: 'INCONSISTENT_GROUP_PROTOCOL' });
    expect(talk.facts.pop()).toMatchObject({ kind: 'failed', type: 'ConsumerCrashed', amount: 0 });
    expect(talk.timers).toEqual([]);
  });

  test('a broker that cannot be reached: six tries, then the consumer crashes and starts again', () => {
    const talk = consumer().hand({ type: 'Start' });
    for (let tries = 0; tries < 6; tries++) talk.hangUp().wait(tries < 5 ? 12_000 : 0);
    expect(talk.count('MetadataRequest')).toBe(6);
    expect(talk.facts.pop()).toMatchObject({
      type: 'ConsumerCrashed',
      amount: 1,
      detail: 'KafkaJSNumberOfRetriesExceeded: Closed connection to kafka',
    });
    talk.wait(talk.reminder('StartAgain'));
    expect(talk.count('MetadataRequest')).toBe(7);
  });
});

describe('heartbeats', () => {
  const quiet = () => consumer().join([0]).committed({ 0: 0 });

  test('go out after an empty fetch, at most every heartbeatInterval', () => {
    const talk = quiet()
      .wait(2900)
      .fetched({ 0: [0, 0] });
    expect(talk.count('HeartbeatRequest')).toBe(0);
    talk.wait(200).fetched({ 0: [0, 0] });
    expect(talk.count('HeartbeatRequest')).toBe(1);
    talk.beating().fetched({ 0: [0, 0] });
    expect(talk.count('HeartbeatRequest')).toBe(1);
  });

  test('go out between messages when one is due', () => {
    const talk = quiet()
      .fetched({ 0: [0, 2] })
      .wait(3000)
      .handled();
    expect(talk.count('HeartbeatRequest')).toBe(1);
    expect(talk.invocations).toEqual(['0@0']);
    talk.beating();
    expect(talk.invocations).toEqual(['0@0', '0@1']);
  });

  test('do not go out while a handler works, however long (K-50)', () => {
    const talk = quiet()
      .fetched({ 0: [0, 2] })
      .wait(60_000);
    expect(talk.count('HeartbeatRequest')).toBe(0);
  });

  test('K-50: a membership lost meanwhile: nothing is committed, joins as a new member', () => {
    const talk = quiet()
      .fetched({ 0: [0, 2] })
      .wait(60_000)
      .handled()
      .beating('UNKNOWN_MEMBER_ID');
    expect(talk.count('OffsetCommitRequest')).toBe(0);
    talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
    expect(talk.asked('JoinGroupRequest').memberId).toBe('');
    talk.rejoin([0], 1, 2).committed({ 0: 0 });
    expect(talk.lastFetch).toEqual(['t/0@0']);
    talk.fetched({ 0: [0, 2] });
    expect(talk.facts.pop()).toMatchObject({ kind: 'redelivered', position: 0 });
  });

  test('a rebalance: commits what is done, drops the rest of the batch, joins again with the same id', () => {
    const talk = quiet()
      .fetched({ 0: [0, 5] })
      .handled()
      .wait(3000)
      .handled()
      .beating('REBALANCE_IN_PROGRESS');
    expect(talk.lastCommit).toEqual(['t/0@2']);
    talk.committing();
    expect(talk.invocations).toEqual(['0@0', '0@1']);
    talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' });
    expect(talk.asked('JoinGroupRequest').memberId).toBe('me');
  });

  test('a rebalance with more batches fetched: each still gives its first message before it is dropped', () => {
    const talk = consumer().join([0, 1]).committed({ 0: 0, 1: 0 });
    talk
      .fetched({ 0: [0, 3], 1: [0, 3] })
      .wait(3000)
      .handled();
    talk.beating('REBALANCE_IN_PROGRESS').committing();
    expect(talk.invocations).toEqual(['0@0', '1@0']);
    talk.handled().beating('REBALANCE_IN_PROGRESS').committing();
    expect(talk.invocations).toEqual(['0@0', '1@0']);
    expect(talk.count('FindCoordinatorRequest')).toBe(2);
  });

  test('a commit refused for the same reason: joins again without having committed', () => {
    const talk = quiet()
      .fetched({ 0: [0, 1] })
      .handled()
      .committing('REBALANCE_IN_PROGRESS');
    expect(talk.count('FindCoordinatorRequest')).toBe(2);
  });

  test('a rebalance refills the budget of retries', () => {
    const talk = quiet().fetched({ 0: [0, 5] });
    for (let failures = 0; failures < 3; failures++)
      talk
        .failed()
        .wait(12_000)
        .fetched({ 0: [0, 5] });
    expect(talk.state.loopRetry.count).toBe(3);
    talk.handled().beating('REBALANCE_IN_PROGRESS').committing();
    talk.answer('FindCoordinatorResponse', { errorCode: 'NONE', nodeId: 1, host: 'kafka' }).rejoin([0], 1, 2);
    expect(talk.state.loopRetry.count).toBe(0);
  });
});

describe('members without work', () => {
  test('K-47: a member without partitions sleeps and shows that it is alive', () => {
    const talk = consumer().join([], 2);
    expect(talk.count('OffsetFetchRequest')).toBe(0);
    expect(talk.reminder('Wake')).toBe(5000);
    talk.wait(5000);
    expect(talk.count('HeartbeatRequest')).toBe(1);
    expect(talk.count('FetchRequest')).toBe(0);
  });

  test('K-61: new partitions, seen when metadata grows old, make it join again', () => {
    const talk = consumer({ metadataMaxAge: 1000 }).join([0], 1).committed({ 0: 0 }).wait(1500);
    talk.fetched({ 0: [0, 0] }).metadata({ t: 2 });
    expect(talk.count('FindCoordinatorRequest')).toBe(2);
  });
});

describe('stopping', () => {
  test('finishes the present message, commits, and leaves', () => {
    const talk = consumer()
      .join([0])
      .committed({ 0: 0 })
      .fetched({ 0: [0, 3] })
      .handled();
    talk.hand({ type: 'Stop' }).handled();
    expect(talk.lastCommit).toEqual(['t/0@2']);
    talk.committing();
    expect(talk.asked('LeaveGroupRequest').memberId).toBe('me');
    talk.answer('LeaveGroupResponse', { errorCode: 'NONE' });
    expect(talk.disconnected).toEqual(['kafka']);
    expect(talk.timers).toEqual([]);
    expect(talk.invocations).toEqual(['0@0', '0@1']);
  });

  test('waits for an open fetch and takes nothing of it', () => {
    const talk = consumer().join([0]).committed({ 0: 0 }).hand({ type: 'Stop' });
    expect(talk.count('LeaveGroupRequest')).toBe(0);
    talk.fetched({ 0: [0, 3] });
    expect(talk.count('LeaveGroupRequest')).toBe(1);
    expect(talk.invocations).toEqual([]);
  });

  test('leaves at once when it only waits', () => {
    const talk = consumer().join([], 1).hand({ type: 'Stop' });
    expect(talk.count('LeaveGroupRequest')).toBe(1);
    expect(talk.timers.map(({ command }) => command.type)).toEqual(['RequestTimedOut']);
  });

  test('a coordinator that is gone does not keep it', () => {
    const talk = consumer().join([], 1).hand({ type: 'Stop' }).hangUp();
    expect(talk.timers).toEqual([]);
  });
});
