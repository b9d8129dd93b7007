import { describe, expect, test } from 'vitest';
import { ConsumerConversation } from './conversation';

const reading = (options = {}, partitions = [0]) =>
  new ConsumerConversation(options)
    .join(partitions)
    .committed(Object.fromEntries(partitions.map((partition) => [partition, 0])));

/** Answers heartbeats and commits until something else is waited for. */
function settle(talk: ConsumerConversation): ConsumerConversation {
  for (;;) {
    const open = [...talk.state.cluster.inFlight.values()].map(({ request }) => request.type);
    if (open.includes('HeartbeatRequest')) talk.beating();
    else if (open.includes('OffsetCommitRequest')) talk.committing();
    else return talk;
  }
}

describe('eachMessage', () => {
  test('hands over one record at a time, in order, with where it comes from', () => {
    const talk = reading().fetched({ 0: [0, 2] });
    expect(talk.lastTold).toEqual({
      type: 'Handle',
      ticket: 1,
      replyTo: 'driver',
      delivery: { message: 0, source: 'kafka/t/0', position: 0, group: 'search', cause: 100 },
    });
    expect(talk.facts).toEqual([
      {
        kind: 'delivered',
        type: 'RecordDelivered',
        subject: 'kafka/t/0',
        message: 0,
        position: 0,
        group: 'search',
        cause: 0,
      },
    ]);
    expect(talk.handled().invocations).toEqual(['0@0', '0@1']);
    expect(talk.facts[1]).toMatchObject({ position: 1, cause: 1 });
  });

  test('a record the group was given before is redelivered, whoever had it', () => {
    const talk = reading();
    talk.notes.set('delivered to search from kafka/t/0', [0, 2]);
    talk
      .fetched({ 0: [0, 3] })
      .handled()
      .handled();
    expect(talk.facts.map(({ kind }) => kind)).toEqual(['redelivered', 'redelivered', 'delivered']);
  });

  test('works through the partitions of one fetch one after the other', () => {
    const talk = reading({}, [0, 1])
      .fetched({ 0: [0, 2], 1: [0, 1] })
      .handled()
      .handled();
    expect(talk.committing().invocations).toEqual(['0@0', '0@1', '1@0']);
  });

  test('K-44: with partitionsConsumedConcurrently a slow partition does not hold up the others', () => {
    const talk = reading({ partitionsConsumedConcurrently: 3 }, [0, 1, 2]);
    talk.fetched({ 0: [0, 2], 1: [0, 2], 2: [0, 2] });
    expect(talk.invocations).toEqual(['0@0', '1@0', '2@0']);
    talk.hand({ type: 'Handled', ticket: 2 }).hand({ type: 'Handled', ticket: 3 });
    expect(talk.invocations).toEqual(['0@0', '1@0', '2@0', '1@1', '2@1']);
    talk.hand({ type: 'Handled', ticket: 1 });
    expect(talk.invocations).toEqual(['0@0', '1@0', '2@0', '1@1', '2@1', '0@1']);
  });

  test('with concurrency the next fetch waits until every batch is done', () => {
    const talk = reading({ partitionsConsumedConcurrently: 2 }, [0, 1]).fetched({ 0: [0, 1], 1: [0, 1] });
    settle(talk.hand({ type: 'Handled', ticket: 2 }));
    expect(talk.count('FetchRequest')).toBe(1);
    settle(talk.hand({ type: 'Handled', ticket: 1 }));
    expect(talk.count('FetchRequest')).toBe(2);
  });

  test('with concurrency two workers share one heartbeat', () => {
    const talk = reading({ partitionsConsumedConcurrently: 2 }, [0, 1])
      .fetched({ 0: [0, 2], 1: [0, 2] })
      .wait(3000);
    talk.hand({ type: 'Handled', ticket: 1 }).hand({ type: 'Handled', ticket: 2 });
    expect(talk.count('HeartbeatRequest')).toBe(1);
    expect(talk.beating().invocations).toEqual(['0@0', '1@0', '0@1', '1@1']);
  });
});

describe('auto-commit', () => {
  test('commits after each batch, the next offset to read', () => {
    const talk = reading({}, [0, 1])
      .fetched({ 0: [0, 2], 1: [0, 1] })
      .handled();
    expect(talk.count('OffsetCommitRequest')).toBe(0);
    talk.handled();
    expect(talk.lastCommit).toEqual(['t/0@2']);
    talk.committing().handled();
    expect(talk.lastCommit).toEqual(['t/1@1']);
    talk.committing();
    expect(talk.lastFetch).toEqual(['t/0@2', 't/1@1']);
  });

  test('is two named steps: before the first it is applied only, before the second committed without knowing', () => {
    const talk = reading().fetched({ 0: [0, 1] });
    const steps: (string | undefined)[] = [];
    const hand = talk.hand.bind(talk);
    talk.hand = (command) => {
      if ('step' in command) steps.push(command.step as string);
      return hand(command);
    };
    talk.handled();
    expect(steps).toEqual(['commit']);
    expect(talk.count('OffsetCommitRequest')).toBe(1);
    talk.committing();
    expect(steps).toEqual(['commit', 'committed']);
  });

  test('autoCommitThreshold commits inside a batch', () => {
    const talk = reading({ autoCommitThreshold: 2 })
      .fetched({ 0: [0, 3] })
      .handled()
      .handled();
    expect(talk.lastCommit).toEqual(['t/0@2']);
    expect(talk.committing().invocations).toEqual(['0@0', '0@1', '0@2']);
  });

  test('autoCommitInterval commits inside a batch', () => {
    const talk = reading({ autoCommitInterval: 1000 })
      .fetched({ 0: [0, 3] })
      .handled();
    expect(talk.count('OffsetCommitRequest')).toBe(0);
    talk.wait(1000).handled();
    expect(talk.lastCommit).toEqual(['t/0@2']);
  });

  test('K-37: autoCommit false commits nothing, and reads on', () => {
    const talk = reading({ autoCommit: false })
      .fetched({ 0: [0, 2] })
      .handled()
      .handled();
    expect(talk.count('OffsetCommitRequest')).toBe(0);
    expect(talk.lastFetch).toEqual(['t/0@2']);
  });
});

describe('a handler that throws', () => {
  test('K-34: what is done is committed, the same message is fetched again after a wait', () => {
    const talk = reading()
      .fetched({ 0: [0, 3] })
      .handled()
      .handled()
      .failed();
    expect(talk.facts.pop()).toMatchObject({
      kind: 'failed',
      type: 'HandlerFailed',
      position: 2,
      message: 2,
    });
    expect(talk.lastCommit).toEqual(['t/0@2']);
    talk.committing();
    expect(talk.reminder('RetryLoop')).toBeGreaterThanOrEqual(240);
    talk.wait(400);
    expect(talk.lastFetch).toEqual(['t/0@2']);
    talk.fetched({ 0: [2, 3] }).handled();
    expect(talk.invocations).toEqual(['0@0', '0@1', '0@2', '0@2']);
    expect(talk.lastCommit).toEqual(['t/0@3']);
  });

  test('does not keep the other batches of the fetch from being worked through', () => {
    const talk = reading({}, [0, 1])
      .fetched({ 0: [0, 2], 1: [0, 1] })
      .failed();
    expect(talk.invocations).toEqual(['0@0', '1@0']);
    settle(talk.handled());
    expect(talk.lastCommit).toEqual(['t/1@1']);
    talk.wait(400);
    expect(talk.lastFetch).toEqual(['t/0@0', 't/1@1']);
  });

  test('K-35: six times: the consumer crashes, leaves, and starts again after the next wait', () => {
    const talk = reading()
      .fetched({ 0: [0, 2] })
      .handled();
    for (let failures = 0; failures < 6; failures++) {
      talk.failed();
      settle(talk);
      if (failures < 5) talk.wait(12_000).fetched({ 0: [1, 2] });
    }
    expect(talk.invocations).toEqual(['0@0', '0@1', '0@1', '0@1', '0@1', '0@1', '0@1']);
    expect(talk.facts.pop()).toMatchObject({
      kind: 'failed',
      type: 'ConsumerCrashed',
      amount: 1,
      detail: 'KafkaJSNumberOfRetriesExceeded: Error: the handler throws',
    });
    talk.answer('LeaveGroupResponse', { errorCode: 'NONE' });
    expect(talk.reminder('StartAgain')).toBeGreaterThan(5000);
    talk.wait(20_000);
    expect(talk.count('MetadataRequest')).toBe(3);
  });

  test('K-67: the budget of retries is shared by all messages: success does not refill it', () => {
    const talk = reading().fetched({ 0: [0, 2] });
    const fail = () => settle(talk.failed()).wait(12_000);
    for (let failures = 0; failures < 3; failures++) fail().fetched({ 0: [0, 2] });
    talk.handled();
    if (talk.state.beating) talk.beating();
    for (let failures = 0; failures < 3; failures++) {
      fail();
      if (failures < 2) talk.fetched({ 0: [1, 2] });
    }
    expect(talk.invocations.map((place) => place.split('@')[1]).join('')).toBe('0000111');
    expect(talk.facts.pop()).toMatchObject({ type: 'ConsumerCrashed', amount: 1 });
  });

  test.each(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'])(
    'a %s is a bug: crashes at once and does not start again',
    (name) => {
      const talk = reading()
        .fetched({ 0: [0, 2] })
        .failed(`${name}: x is not a function`);
      expect(talk.facts.pop()).toMatchObject({ type: 'ConsumerCrashed', amount: 0 });
      talk.answer('LeaveGroupResponse', { errorCode: 'NONE' });
      expect(talk.timers).toEqual([]);
    },
  );

  test('without auto-commit nothing is committed, and the same message comes again', () => {
    const talk = reading({ autoCommit: false })
      .fetched({ 0: [0, 2] })
      .handled()
      .failed()
      .wait(400);
    expect(talk.count('OffsetCommitRequest')).toBe(0);
    expect(talk.lastFetch).toEqual(['t/0@1']);
  });
});

describe('a lost connection', () => {
  test('during a commit: a back-off, then on behind what was handled; the commit is made up for', () => {
    const talk = reading()
      .fetched({ 0: [0, 2] })
      .handled()
      .handled()
      .hangUp();
    expect(talk.reminder('RetryLoop')).toBeLessThanOrEqual(360);
    talk.wait(400).metadata({ t: 1 });
    expect(talk.lastFetch).toEqual(['t/0@2']);
    talk.fetched({ 0: [2, 3] }).handled();
    expect(talk.lastCommit).toEqual(['t/0@3']);
  });

  test('while the handler works: it is not disturbed', () => {
    const talk = reading()
      .fetched({ 0: [0, 2] })
      .hangUp()
      .handled();
    expect(talk.invocations).toEqual(['0@0', '0@1']);
  });
});
