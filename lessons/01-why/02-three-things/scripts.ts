import type { LessonScripts } from '../../../src/course/lesson';
import { setAction } from '../../../src/scenario/design';
import type { Action, ScheduledAction } from '../../../src/scenario/scenario';
import { newApi, readerName, roleOf } from './shop';

function at(atMs: number, action: Action): ScheduledAction {
  return { atMs, action };
}
function slow(factor: number): Action {
  return { class: 'fault', name: 'slow', target: roleOf('analytics'), options: { factor } };
}
function load(ratePerSecond: number): Action {
  return { class: 'workload', name: 'rate', target: 'browser', options: { ratePerSecond } };
}
/** Services that are called before the answer. */
function calls(...names: readonly string[]): Action {
  return setAction(newApi, 'http-api', 'calls', names.map(readerName).join(' '));
}
function steps(inOrder: string): Action {
  return setAction(newApi, 'http-api', 'steps', inOrder);
}
const down: Action = { class: 'fault', name: 'down', target: roleOf('email'), options: {} };
const up: Action = { ...down, class: 'operation', name: 'start' };

export const scripts: LessonScripts = {
  solution: {
    a: [at(20_000, slow(20))],
    b: [at(0, calls())],
  },
  wrong: [
    {
      id: 'stop-the-orders',
      goal: 'a',
      misconception: 'spare-the-orders',
      script: [at(12_000, load(0)), at(20_000, slow(20))],
    },
    {
      id: 'email-again',
      goal: 'a',
      misconception: 'one-backlog',
      script: [at(80_000, down)],
    },
    {
      id: 'payment-called',
      goal: 'b',
      misconception: 'important-must-wait',
      script: [at(0, calls('payment'))],
    },
    {
      id: 'publish-later',
      goal: 'b',
      misconception: 'answer-first',
      script: [at(0, calls()), at(0, steps('validate persist calls respond publish'))],
    },
    {
      id: 'validate-later',
      goal: 'b',
      misconception: 'answer-first',
      script: [at(0, calls()), at(0, steps('persist calls publish respond validate'))],
    },
    {
      id: 'email-called',
      goal: 'b',
      misconception: 'customer-is-waiting-for-it',
      script: [at(0, calls('email'))],
    },
  ],
  detour: [
    {
      id: 'stopped-and-let-in-again',
      goal: 'a',
      script: [at(12_000, load(0)), at(14_000, load(10)), at(20_000, slow(20)), at(75_000, up)],
    },
    {
      id: 'payment-then-none',
      goal: 'b',
      script: [
        at(25_000, calls('payment', 'fraud')),
        at(26_000, steps('validate persist calls respond publish')),
        at(30_000, steps('validate persist calls publish respond')),
        at(31_000, calls()),
      ],
    },
  ],
  knobsZero: {
    goal: 'b',
    script: [
      at(30_000, load(0)),
      at(30_000, slow(1)),
      at(30_000, up),
      at(30_000, steps('calls respond validate persist publish')),
    ],
  },
};
