import { describe, expect, test } from 'vitest';
import { transition } from 'xstate';
import { hintIsOpen } from '../../src/course/lesson-changes';
import { answersIn } from '../../src/course/lesson-told';
import {
  firstSnapshot, lessonMachine, lessonSteps, snapshotAt, stepOf, type FlowEvent, type LessonSnapshot,
} from '../../src/course/lesson-flow'; // prettier-ignore

const input = { bets: ['left'], warmups: [], seeds: { base: 4, fix: 4, transfer: 7, warmup: 9 } };
const at = 0;
const bet: FlowEvent = { type: 'bet', id: 'left', option: 'own-flag', confidence: 'unsure', at };
const on: FlowEvent = { type: 'go.on' };
const changed: FlowEvent = { type: 'changed', at: 0 };
const ran: FlowEvent = { type: 'ran' };
const hint: FlowEvent = { type: 'hint', at };
const wrongReport: FlowEvent = { type: 'report', id: 'first', option: '9', right: false, at };
const rightReport: FlowEvent = { type: 'report', id: 'first', option: '2', right: true, at };
const shownA: FlowEvent = { type: 'judged', goal: 'a', verdict: 'shown', at };
const proved = (seed: number, verdict: 'shown' | 'violated' = 'shown'): FlowEvent => ({
  type: 'proved',
  verdict,
  seed,
  at,
});
const goTo = (step: (typeof lessonSteps)[number]): FlowEvent => ({ type: 'go.to', step, at });

function after(start: LessonSnapshot, ...events: readonly FlowEvent[]): LessonSnapshot {
  return events.reduce((snapshot, event) => transition(lessonMachine, snapshot, event)[0], start);
}
const start = firstSnapshot(input);
const inBreak = after(start, on, bet, on, { type: 'arrived' }, rightReport, on);
const inFix = after(inBreak, shownA, on);

describe('the way through a lesson', () => {
  test('runs from the scene to the card', () => {
    const told: FlowEvent = { type: 'told', id: 'gap', right: true, transfer: true, at };
    const answer: FlowEvent = { type: 'answer', id: 'gap', option: 'again', confidence: 'sure', at };
    const end = after(inFix, proved(4), on, answer, told, on);
    expect(stepOf(end)).toBe('card');
    expect(end.context).toMatchObject({ shown: true, fixed: true, transferred: true });
    expect(end.context.visited).toEqual(lessonSteps.slice(1));
  });

  test('opens with the warm-up when one is due, and the warm-up can be skipped', () => {
    const due = firstSnapshot({ ...input, warmups: ['after-the-commit'] });
    expect(stepOf(due)).toBe('warmup');
    expect(stepOf(after(due, on))).toBe('scene');
  });
});

describe('a question that a goal asks', () => {
  const choose = (option: string): FlowEvent => ({ type: 'choose', id: 'why', option, at });
  test('can be answered again while the goal is worked on, and the last answer counts', () => {
    const told = after(inFix, choose('retries'), choose('cannot'));
    expect(answersIn(told.context, { questions: [{ id: 'why', goal: 'b', options: [] }] })).toEqual({
      why: 'cannot',
    });
    expect(answersIn(told.context, {})).toEqual({});
  });
  test('is asked nowhere else', () => {
    expect(after(start, choose('cannot')).context.answers).toEqual([]);
  });
});

describe('gates', () => {
  test('the run does not start without a bet or "I will watch first"', () => {
    const predict = after(start, on);
    expect(stepOf(after(predict, on))).toBe('predict');
    expect(stepOf(after(predict, bet, on))).toBe('run');
    const watching = after(predict, { type: 'watch', at });
    expect(stepOf(watching)).toBe('run');
    expect(watching.context.placed).toEqual([{ id: 'left', option: null, confidence: null, at }]);
  });

  test('a bet stands once it is placed', () => {
    const other: FlowEvent = { ...bet, option: 'nothing', confidence: 'sure' };
    expect(after(start, on, bet, other).context.placed).toHaveLength(1);
  });

  test('nothing is explained before something was reported, and a wrong report may be made good', () => {
    const observe = after(start, on, bet, on, { type: 'arrived' });
    expect(stepOf(after(observe, on))).toBe('observe');
    expect(after(observe, wrongReport, rightReport).context.reports.map((one) => one.right)).toEqual([
      false,
      true,
    ]);
    expect(stepOf(after(observe, wrongReport, on))).toBe('break');
  });

  test('goal A has to be shown, not tried', () => {
    expect(stepOf(after(inBreak, { type: 'judged', goal: 'a', verdict: 'unknown', at }, on))).toBe('break');
    expect(stepOf(after(inBreak, shownA, on))).toBe('fix');
  });

  test('goal B has to be proved: a good run in view is not enough', () => {
    const shownB: FlowEvent = { type: 'judged', goal: 'b', verdict: 'shown', at };
    expect(stepOf(after(inFix, shownB, on))).toBe('fix');
    expect(stepOf(after(inFix, proved(4, 'violated'), on))).toBe('fix');
    expect(stepOf(after(inFix, proved(4), on))).toBe('transfer');
  });

  test('every step can be opened at any time, as a reference, and earns nothing by itself', () => {
    for (const step of lessonSteps) {
      const there = after(start, goTo(step));
      expect(stepOf(there)).toBe(step);
      expect(there.context).toMatchObject({ shown: false, fixed: false, transferred: false });
    }
    expect(stepOf(after(inFix, goTo('scene')))).toBe('scene');
  });
});

describe('hints', () => {
  test('unlock only after a change and then a run', () => {
    expect(after(inBreak, hint).context.hints).toEqual([]);
    expect(after(inBreak, ran, hint).context.hints).toEqual([]);
    expect(after(inBreak, changed, hint).context.hints).toEqual([]);
    expect(after(inBreak, changed, ran, hint).context.hints).toEqual([{ goal: 'a', stage: 0, at }]);
  });

  test('the next one needs another change and run; after the third there is none', () => {
    const one = after(inBreak, changed, ran, hint, hint);
    expect(one.context.hints).toHaveLength(1);
    const three = after(one, changed, ran, hint, changed, ran, hint);
    expect(three.context.hints.map((each) => each.stage)).toEqual([0, 1, 2]);
    expect(hintIsOpen(after(three, changed, ran).context, 'a')).toBe(false);
  });

  test('a failed proof counts as a run', () => {
    expect(hintIsOpen(after(inFix, changed, proved(4, 'violated')).context, 'b')).toBe(true);
  });
});

describe('having watched the solution', () => {
  const ghost: readonly FlowEvent[] = [{ type: 'ghost.start' }, { type: 'ghost.end' }];

  test('is a fact of its own and shows nothing', () => {
    const watched = after(inFix, ...ghost);
    expect(watched.context).toMatchObject({ fixed: false, solutionSeed: { a: null, b: 4 } });
  });

  test('keeps Fixed back for the run it was watched on, but not the way on', () => {
    const copied = after(inFix, ...ghost, proved(4));
    expect(copied.context.fixed).toBe(false);
    expect(stepOf(after(copied, on))).toBe('transfer');
  });

  test('is made good by a reset, which brings a new seed, and a proof on that', () => {
    const reset = after(inFix, ...ghost, { type: 'reset', run: 'fix', at: 0 });
    expect(reset.context.seeds.fix).toBe(5);
    expect(after(reset, proved(5)).context.fixed).toBe(true);
  });

  test('a reset without it keeps the seed', () => {
    expect(after(inFix, { type: 'reset', run: 'fix', at: 0 }).context.seeds.fix).toBe(4);
  });
});

describe('after a reload', () => {
  test('a lesson goes on in any step with everything that was done', () => {
    const done = after(inFix, changed, ran, hint).context;
    for (const step of lessonSteps) {
      const stored = JSON.parse(JSON.stringify(done)) as typeof done;
      const restored = snapshotAt(step, stored);
      expect(stepOf(restored)).toBe(step);
      expect(restored.context).toEqual(done);
    }
    expect(stepOf(after(snapshotAt('fix', done), proved(4), on))).toBe('transfer');
  });
});

describe('the transfer', () => {
  const inTransfer = after(inFix, proved(4), on);
  const answer: FlowEvent = { type: 'answer', id: 'gap', option: 'next', confidence: 'guess', at };
  const told = (right: boolean): FlowEvent => ({ type: 'told', id: 'gap', right, transfer: true, at });

  test('is Transferred only when the run agrees with the prediction', () => {
    expect(after(inTransfer, answer, told(false)).context.transferred).toBe(false);
    expect(after(inTransfer, answer, told(true)).context.transferred).toBe(true);
    expect(after(inTransfer, answer, told(false)).context.answers).toMatchObject([
      { id: 'gap', right: false },
    ]);
  });

  test('goes on either way, once the run has told', () => {
    expect(stepOf(after(inTransfer, answer, on))).toBe('transfer');
    expect(stepOf(after(inTransfer, answer, told(false), on))).toBe('card');
  });
});

test('starting over keeps the marks and takes a new seed where the solution was watched', () => {
  const end = after(inFix, { type: 'ghost.start' }, { type: 'ghost.end' }, proved(4), { type: 'start.over' });
  expect(stepOf(end)).toBe('scene');
  expect(end.context).toMatchObject({ shown: true, placed: [], reports: [], seeds: { base: 4, fix: 5 } });
});
