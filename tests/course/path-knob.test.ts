import { describe, expect, test } from 'vitest';
import { beforeAnswer, moveBox } from '../../src/course/path-knob';
import type { PathKnob } from '../../src/course/lesson';
import type { Action } from '../../src/scenario/scenario';
import { editOf, setAction } from '../../src/scenario/design';

const knob: PathKnob = {
  id: 'path',
  kind: 'path',
  target: 'api',
  boxes: [{ id: 'validate', step: true }, { id: 'email' }, { id: 'payment' }, { id: 'publish', step: true }],
  before: ['validate', 'email', 'payment'],
  steps: ['fix'],
};

/** What stands before the answer after moving these boxes, one after the other. */
function moved(...ids: readonly string[]) {
  const done: { action: Action }[] = [];
  for (const id of ids) done.push({ action: moveBox(knob, beforeAnswer(knob, done), id) });
  return { before: [...beforeAnswer(knob, done)], edits: done.map(({ action }) => editOf(action)) };
}

describe('boxes before and after the answer', () => {
  test('stand where the knob says until somebody moves one', () => {
    expect(moved().before).toEqual(['validate', 'email', 'payment']);
  });

  test('a service that is moved is called no more; moved back it is called in its old place', () => {
    expect(moved('email')).toMatchObject({ before: ['validate', 'payment'], edits: [{ value: 'payment' }] });
    expect(moved('email', 'email').edits[1]).toMatchObject({ option: 'calls', value: 'email payment' });
  });

  test('the last service leaves an empty list, which is not the same as nothing said', () => {
    const { before, edits } = moved('email', 'payment');
    expect(edits[1].value).toBe('');
    expect(before).toEqual(['validate']);
  });

  test('a step of the API goes behind its answer and comes back into its place in the line', () => {
    const { edits, before } = moved('validate', 'publish', 'validate');
    expect(edits.map(({ value }) => value)).toEqual([
      'calls respond validate publish',
      'calls publish respond validate',
      'validate calls publish respond',
    ]);
    expect(before).toEqual(['validate', 'email', 'payment', 'publish']);
  });

  test('an answer that is given at the end of all steps has every step before it', () => {
    const action = setAction('api', 'http-api', 'steps', 'validate calls publish');
    expect([...beforeAnswer(knob, [{ action }])]).toEqual(['validate', 'email', 'payment', 'publish']);
  });

  test('edits of another service or option move nothing', () => {
    const done = [
      setAction('other', 'http-api', 'calls', ''),
      setAction('api', 'http-api', 'timeoutMs', 400),
      setAction('api', 'kafka.producer', 'calls', ''),
    ].map((action) => ({ action }));
    expect([...beforeAnswer(knob, done)]).toEqual(knob.before);
  });
});
