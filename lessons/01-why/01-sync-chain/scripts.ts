import type { LessonScripts } from '../../../src/course/lesson';
import { setAction } from '../../../src/scenario/design';
import type { Action, ScheduledAction } from '../../../src/scenario/scenario';

function at(atMs: number, action: Action): ScheduledAction {
  return { atMs, action };
}
function edit(option: string, value: string | number): Action {
  return setAction('order-api', 'http-api', option, value);
}
function email(name: string, options: Action['options'] = {}): Action {
  return { class: 'fault', name, target: 'email', options };
}

const outage = at(120_000, email('down', { forMs: 10_000 }));
const parallel = at(1000, edit('mode', 'parallel'));
/** Made while email is down: the run shows that neither helps there, the proof that both help elsewhere. */
const timeout = at(265_000, edit('timeoutMs', 500));
const retry = at(280_000, edit('retries', 1));

export const scripts: LessonScripts = {
  solution: { a: [outage], b: [parallel, timeout, retry] },
  answers: { 'email-minute': 'cannot' },
  wrong: [
    {
      id: 'slow-email',
      goal: 'a',
      misconception: 'slow-is-down',
      script: [at(120_000, email('slow', { factor: 10, forMs: 10_000 }))],
    },
    {
      id: 'no-stalls',
      goal: 'a',
      misconception: 'mean-not-tail',
      script: [at(1000, { class: 'fault', name: 'stall', target: '*', options: { percent: 0 } }), outage],
    },
    { id: 'parallel', goal: 'a', misconception: 'calls-overlap', script: [parallel, outage] },
    {
      id: 'parallel-only',
      goal: 'b',
      misconception: 'parallel-cures-tail',
      script: [parallel],
    },
    { id: 'no-retry', goal: 'b', misconception: 'timeout-is-repair', script: [parallel, timeout] },
    { id: 'series', goal: 'b', misconception: 'retries-cure-all', script: [timeout, retry] },
    {
      id: 'more-retries',
      goal: 'b',
      misconception: 'retries-outlast',
      script: [parallel, timeout, at(280_000, edit('retries', 5))],
      answers: { 'email-minute': 'retries' },
    },
    {
      id: 'more-patience',
      goal: 'b',
      misconception: 'timeout-outlasts',
      script: [parallel, timeout, retry],
      answers: { 'email-minute': 'timeout' },
    },
  ],
  detour: [
    {
      id: 'slow-first',
      goal: 'a',
      script: [
        at(60_000, email('slow', { factor: 3 })),
        at(66_000, email('slow', { factor: 1 })),
        at(150_000, email('down')),
        at(165_000, email('start')),
      ],
    },
    {
      id: 'too-patient-first',
      goal: 'b',
      script: [
        at(1000, edit('timeoutMs', 2000)),
        at(2000, edit('retries', 5)),
        at(3000, edit('mode', 'parallel')),
        at(260_000, edit('retries', 3)),
        at(270_000, edit('timeoutMs', 500)),
        at(285_000, edit('retries', 1)),
      ],
    },
  ],
  knobsZero: {
    goal: 'b',
    script: [
      at(260_000, edit('mode', 'series')),
      at(265_000, edit('timeoutMs', 0)),
      at(270_000, edit('retries', 0)),
    ],
  },
};
