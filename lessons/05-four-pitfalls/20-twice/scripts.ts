import type { LessonScripts } from '../../../src/course/lesson';
import type { Action, ScheduledAction } from '../../../src/scenario/scenario';
import { crash, design } from './bank';

function at(atMs: number, action: Action): ScheduledAction {
  return { atMs, action };
}

/** Before Ben's first entry comes, and before Cleo's second. */
const [beforeBen, beforeCleo] = [18_000, 38_000];
const commitFirst = design('kafka.consumer', 'commit', 'before');
const commitAfter = design('kafka.consumer', 'commit', 'after');
const ids = (when: string): Action => design('idempotence', 'ids', when);

const both = {
  ben: at(beforeBen, crash('commit')),
  order: at(33_000, commitFirst),
  cleo: at(beforeCleo, crash('apply')),
};
const inOne = at(2500, ids('together'));

export const scripts: LessonScripts = {
  solution: {
    a: [both.ben, both.order, both.cleo],
    b: [inOne],
  },
  wrong: [
    {
      id: 'crash-before-apply',
      goal: 'a',
      misconception: 'crash-always-repeats',
      script: [at(beforeBen, crash('apply')), both.order, both.cleo],
    },
    {
      id: 'crash-when-all-is-done',
      goal: 'a',
      misconception: 'crash-always-repeats',
      script: [at(beforeBen, crash('committed')), both.order, both.cleo],
    },
    {
      id: 'commit-after-loses',
      goal: 'a',
      misconception: 'after-is-safe',
      script: [both.ben, both.cleo],
    },
    { id: 'commit-first', goal: 'b', misconception: 'before-is-safe', script: [at(2500, commitFirst)] },
    { id: 'id-first', goal: 'b', misconception: 'note-beforehand', script: [at(2500, ids('first'))] },
    { id: 'id-last', goal: 'b', misconception: 'note-afterwards', script: [at(2500, ids('last'))] },
    {
      id: 'in-one-but-committed-first',
      goal: 'b',
      misconception: 'before-is-safe',
      script: [inOne, at(2600, commitFirst)],
    },
  ],
  detour: [
    {
      id: 'another-place-first',
      goal: 'a',
      script: [
        at(beforeBen, crash('apply')),
        at(24_000, crash('commit')),
        both.order,
        at(38_500, crash('committed')),
      ],
    },
    {
      id: 'id-first-then-together',
      goal: 'b',
      script: [
        at(2500, ids('first')),
        at(2500, commitFirst),
        at(5000, commitAfter),
        at(5000, ids('together')),
      ],
    },
  ],
  knobsZero: {
    goal: 'b',
    script: [at(2500, commitAfter), at(2500, ids('off'))],
  },
};
