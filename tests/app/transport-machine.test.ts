import { describe, expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { transportMachine, type TransportEvent } from '../../src/app/transport/transport-machine';

/** The states a person passes through, pure: no actor, no clock. */
function walk(...events: TransportEvent[]): unknown[] {
  let [state] = initialTransition(transportMachine);
  const seen: unknown[] = [state.value];
  for (const event of events) {
    [state] = transition(transportMachine, state, event);
    seen.push(state.value);
  }
  return seen;
}

const play = { type: 'play', room: true } as const;
const toggle = { type: 'toggle', room: true } as const;

describe('the transport', () => {
  test('starts paused and plays only when told to', () => {
    expect(walk({ type: 'answered' }, { type: 'moved' }, play)).toEqual([
      'paused',
      'paused',
      'paused',
      'playing',
    ]);
  });

  test('does not play when no time is left', () => {
    expect(walk({ type: 'play', room: false }, { type: 'toggle', room: false })).toEqual([
      'paused',
      'paused',
      'paused',
    ]);
  });

  test('plays on after scrubbing if it played before, and not at the end', () => {
    const scrub = [{ type: 'scrubStarted' }, { type: 'scrubEnded', room: true }] as const;
    expect(walk(play, ...scrub)).toEqual(['paused', 'playing', 'scrubbing', 'playing']);
    expect(walk(...scrub)).toEqual(['paused', 'scrubbing', 'paused']);
    expect(walk(play, { type: 'scrubStarted' }, { type: 'scrubEnded', room: false }).at(-1)).toBe('paused');
  });

  test('a step pauses', () => {
    expect(walk(play, { type: 'stepStarted' }, { type: 'stepEnded' })).toEqual([
      'paused',
      'playing',
      'stepping',
      'paused',
    ]);
  });

  test('waiting for the run keeps what the person wanted', () => {
    expect(walk(play, { type: 'waiting' }, { type: 'answered' }).at(-1)).toBe('playing');
    expect(walk(play, { type: 'waiting' }, { type: 'pause' }, { type: 'answered' }).at(-1)).toBe('paused');
    expect(walk({ type: 'waiting' }, toggle, { type: 'answered' }).at(-1)).toBe('playing');
    expect(walk(play, { type: 'waiting' }, toggle, { type: 'answered' }).at(-1)).toBe('paused');
    expect(walk({ type: 'stepStarted' }, { type: 'waiting' }, { type: 'stepEnded' }).at(-1)).toBe('paused');
  });

  test('acting in the past asks first, and playing goes on after the answer', () => {
    expect(walk(play, { type: 'forkAsked' }, { type: 'forkAnswered', room: true })).toEqual([
      'paused',
      'playing',
      'askingFork',
      'playing',
    ]);
    expect(walk({ type: 'forkAsked' }, play, { type: 'forkAnswered', room: true }).at(-1)).toBe('paused');
  });

  test('at the bound of a run only the past is open', () => {
    expect(walk(play, { type: 'boundReached' }, play, { type: 'moved' })).toEqual([
      'paused',
      'playing',
      'atBound',
      'atBound',
      'paused',
    ]);
  });
});
