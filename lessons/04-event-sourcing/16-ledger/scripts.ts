import type { LessonScripts } from '../../../src/course/lesson';
import type { Action, ScheduledAction } from '../../../src/scenario/scenario';
import { ask, challenge, name, replayWithFee, slip } from './actions';

const at = (atMs: number, action: Action): ScheduledAction => ({ atMs, action });

const asked = at(14_000, ask('line-2'));
const admitted = at(15_000, challenge('line-2'));
const told = at(16_000, ask('how'));
/** What a log without the line says, and what a log with a refusal says. */
const lost = at(24_000, name('lost', 'log', 'missing'));
const early = at(25_000, name('refused', 'log', 'refused'));

export const scripts: LessonScripts = {
  solution: { a: [asked, admitted, told], b: [lost, early] },
  wrong: [
    {
      id: 'ask-today',
      goal: 'a',
      misconception: 'today-is-then',
      script: [at(14_000, ask('today')), admitted, told],
    },
    {
      id: 'challenge-today',
      goal: 'a',
      misconception: 'row-knows-nothing',
      script: [asked, at(15_000, challenge('today')), told],
    },
    {
      id: 'take-the-last-line-back',
      goal: 'a',
      misconception: 'undo-is-looking-back',
      script: [asked, admitted, at(16_000, slip(-700))],
    },
    {
      id: 'by-the-balance',
      goal: 'b',
      misconception: 'balance-tells',
      script: [at(24_000, name('lost', 'row', '1200')), early],
    },
    {
      id: 'by-the-number',
      goal: 'b',
      misconception: 'this-one-only',
      // Somebody else's account 9 has lost a slip; on this seed it is account 8.
      script: [at(24_000, name('lost', 'account', '9')), early],
    },
    {
      id: 'refusal-without-a-line',
      goal: 'b',
      misconception: 'refusal-leaves-nothing',
      script: [at(24_000, name('refused', 'log', 'missing')), early],
    },
    {
      id: 'refusal-taken-for-a-loss',
      goal: 'b',
      misconception: 'refused-is-lost',
      script: [lost, at(25_000, name('lost', 'log', 'refused'))],
    },
  ],
  detour: [
    {
      id: 'a-line-too-many',
      goal: 'a',
      script: [
        at(13_500, slip(50)),
        at(14_500, challenge('today')),
        at(15_000, slip(-50)),
        ...[asked, admitted, told].map(({ atMs, action }) => at(atMs + 3000, action)),
      ],
    },
    {
      id: 'the-same-twice',
      goal: 'b',
      script: [lost, at(24_500, name('lost', 'log', 'missing')), at(25_500, replayWithFee(25)), at(27_000, early.action)],
    },
  ],
  knobsZero: { goal: 'b', script: [at(24_000, replayWithFee(0))] },
}; // prettier-ignore
