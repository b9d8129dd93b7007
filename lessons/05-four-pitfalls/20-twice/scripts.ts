import type { LessonScripts } from '../../../src/course/lesson';
import type { Action, ScheduledAction } from '../../../src/scenario/scenario';
import { crash } from './bank';
import { design, footings, others, type Footing } from './worlds';

function at(atMs: number, action: Action): ScheduledAction {
  return { atMs, action };
}

/** Before Ben's first entry comes, and before Cleo's second. */
const [beforeBen, beforeCleo] = [18_000, 38_000];
const ids = (when: string): Action => design('idempotence', 'ids', when);
const inOne = at(2500, ids('together'));

/** What is done where entries are settled in these steps, and so. */
function scriptsOn({ settles: { part, option }, settle, settled }: Footing): Omit<LessonScripts, 'worlds'> {
  const settleFirst = design(part, option, 'before');
  const settleAfter = design(part, option, 'after');
  const both = {
    ben: at(beforeBen, crash(settle)),
    order: at(33_000, settleFirst),
    cleo: at(beforeCleo, crash('apply')),
  };
  return {
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
        // where nobody hears that all is done, the next entry is the first chance
        script: [
          at(settled === null ? beforeBen + 5000 : beforeBen, crash(settled ?? 'apply')),
          both.order,
          both.cleo,
        ],
      },
      {
        id: 'commit-after-loses',
        goal: 'a',
        misconception: 'after-is-safe',
        script: [both.ben, both.cleo],
      },
      { id: 'commit-first', goal: 'b', misconception: 'before-is-safe', script: [at(2500, settleFirst)] },
      { id: 'id-first', goal: 'b', misconception: 'note-beforehand', script: [at(2500, ids('first'))] },
      { id: 'id-last', goal: 'b', misconception: 'note-afterwards', script: [at(2500, ids('last'))] },
      {
        id: 'in-one-but-committed-first',
        goal: 'b',
        misconception: 'before-is-safe',
        script: [inOne, at(2600, settleFirst)],
      },
    ],
    detour: [
      {
        id: 'another-place-first',
        goal: 'a',
        script: [
          at(beforeBen, crash('apply')),
          at(24_000, crash(settle)),
          both.order,
          at(38_500, crash(settled ?? 'apply')),
        ],
      },
      {
        id: 'id-first-then-together',
        goal: 'b',
        script: [
          at(2500, ids('first')),
          at(2500, settleFirst),
          at(5000, settleAfter),
          at(5000, ids('together')),
        ],
      },
    ],
    knobsZero: {
      goal: 'b',
      script: [at(2500, settleAfter), at(2500, ids('off'))],
    },
  };
}

export const scripts: LessonScripts = {
  ...scriptsOn(footings.kafka),
  worlds: Object.fromEntries(others.map((on) => [on, scriptsOn(footings[on])])),
};
