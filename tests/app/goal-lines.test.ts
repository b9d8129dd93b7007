import { expect, test } from 'vitest';
import { goalLines } from '../../src/app/learn/goal-lines';
import { learn } from '../../src/app/words/learn.en';
import type { Goal, Judgement } from '../../src/judge/goal';
import type { Voice } from '../../src/judge/sentence';
import type { Fact } from '../../src/kernel/fact';
import { seconds } from '../../src/kernel/time';
import { clock } from '../../src/stage/clock';
import { voice as sample } from '../judge/voice';

const voice: Voice = { ...sample, time: (time) => clock(time) };
const goal: Goal = {
  id: 'b',
  clauses: [
    { id: 'nobody-called', expression: { op: 'none', of: { type: 'CallHandled' } } },
    { id: 'answered', expression: { op: 'answer', question: 'why', is: 'cannot' } },
  ],
};
const called = { id: 7, time: seconds(2), kind: 'applied', message: -1, group: '' } as Fact;
const judgement = {
  goal: 'b',
  verdict: 'violated',
  clauses: [
    { id: 'nobody-called', verdict: 'violated', facts: [7] },
    { id: 'answered', verdict: 'unknown', facts: [], missing: 'absent' },
  ],
} as unknown as Judgement;
const linesAt = (editedAt: number) => goalLines(goal, judgement, voice, () => called, [], editedAt);

test('what went wrong before the design was edited is open again, and can still be looked at', () => {
  expect(linesAt(0)[0]).toMatchObject({ state: 'broken', note: '0:02.0', fact: 7 });
  expect(linesAt(seconds(25))[0]).toMatchObject({ state: 'open', note: learn.goal.beforeEdit, fact: 7 });
  expect(linesAt(seconds(1))[0].state).toBe('broken');
});

test('a question’s answer is not given away by the goal that asks for it', () => {
  expect(linesAt(0)[1].sentence).toBe(learn.goal.answered);
  expect(linesAt(0)[1].sentence).not.toContain('cannot');
});
