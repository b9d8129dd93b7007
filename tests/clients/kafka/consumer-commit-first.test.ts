/** A handler whose first line is `await consumer.commitOffsets(…)`: autoCommit is off, and each message is committed. */
import { describe, expect, test } from 'vitest';
import { part } from '../../../src/clients/kafka/consumer';
import { ConsumerConversation } from './conversation';

const reading = (options = {}) => new ConsumerConversation(options).join([0]).committed({ 0: 0 });
const first = () => reading({ commit: 'before' });

/** Another design while it runs. */
function redesigned(talk: ConsumerConversation, commit: string): ConsumerConversation {
  const state = part.machine.clone(talk.state);
  part.machine.configure!(state, { commit });
  talk.state = state;
  return talk;
}

describe('committing before the work', () => {
  test('asks for the commit when the record has come, and works when it is confirmed', () => {
    const talk = first().fetched({ 0: [0, 2] });
    expect(talk.facts.map(({ kind }) => kind)).toEqual(['delivered']);
    expect(talk.lastCommit).toEqual(['t/0@1']);
    expect(talk.told).toEqual([]);
    expect(talk.committing().invocations).toEqual(['0@0']);
  });

  test('commits every message by itself, and nothing after the batch', () => {
    const talk = first()
      .fetched({ 0: [0, 2] })
      .committing()
      .handled();
    expect(talk.lastCommit).toEqual(['t/0@2']);
    talk.committing().handled();
    expect(talk.count('OffsetCommitRequest')).toBe(2);
    expect(talk.lastFetch).toEqual(['t/0@2']);
  });

  test('a commit that fails is thrown by the handler: nothing is done, and the record is fetched again', () => {
    const talk = first()
      .fetched({ 0: [0, 1] })
      .committing('REQUEST_TIMED_OUT');
    expect(talk.invocations).toEqual([]);
    expect(talk.wait(400).lastFetch).toEqual(['t/0@0']);
    expect(talk.fetched({ 0: [0, 1] }).committing().invocations).toEqual(['0@0']);
  });

  test('when the work then throws, the record is fetched again, though it is committed', () => {
    const talk = first()
      .fetched({ 0: [0, 1] })
      .committing()
      .failed();
    expect(talk.count('OffsetCommitRequest')).toBe(1);
    expect(talk.wait(400).lastFetch).toEqual(['t/0@0']);
  });

  test('shows its steps in that order', () => {
    const look = { now: 0, cells: 0, rows: 0, laneEnd: () => null };
    const talk = first().fetched({ 0: [0, 1] });
    const face = (message: number) => ({ message, ...talk.bodies.get(message) });
    expect(part.describe!(talk.state, { ...look, face }).process).toMatchObject({
      steps: ['receive', 'commit', 'apply'],
      step: { name: 'commit' },
      current: { label: 'OC00' },
      queued: [],
    });
  });
});

describe('another design while it runs', () => {
  test('counts from the next batch on: what has begun is committed as it began', () => {
    const talk = redesigned(reading().fetched({ 0: [0, 1] }), 'before').handled();
    expect(talk.lastCommit).toEqual(['t/0@1']);
    talk.committing().fetched({ 0: [1, 2] });
    expect(talk.lastCommit).toEqual(['t/0@2']);
    expect(talk.invocations).toEqual(['0@0']);
  });

  test('and back again', () => {
    const talk = redesigned(first().fetched({ 0: [0, 1] }), 'after')
      .committing()
      .handled();
    expect(talk.count('OffsetCommitRequest')).toBe(1);
    talk.fetched({ 0: [1, 2] });
    expect(talk.invocations).toEqual(['0@0', '0@1']);
    expect(talk.handled().lastCommit).toEqual(['t/0@2']);
  });

  test('survives a crash of the process', () => {
    const { state } = redesigned(reading(), 'before');
    part.machine.restart(state);
    expect(state.options.commitFirst).toBe(true);
  });

  test('nothing else of a consumer can be changed so', () => {
    const { state } = reading();
    expect(() => part.machine.configure!(state, { groupId: 'other' })).toThrow(
      'cannot be changed while it runs',
    );
  });
});
