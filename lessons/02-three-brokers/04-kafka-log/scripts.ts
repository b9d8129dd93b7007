import type { LessonScripts } from '../../../src/course/lesson';
import type { Action, ScheduledAction } from '../../../src/scenario/scenario';

const topic = 'shop-events';
/** The log end of partition 0 when the shop has told everything, on the lesson's seed. */
const end = 10;

function at(atMs: number, action: Action): ScheduledAction {
  return { atMs, action };
}
function seek(group: string, partition: number, offset: number): Action {
  return { class: 'operation', name: 'seek', target: group, options: { topic, partition, offset } };
}
function restart(name: string): Action {
  return { class: 'operation', name: 'restart', target: name, options: {} };
}
function publish(key: string): Action {
  return { class: 'operation', name: 'publish', target: 'shop', options: { key } };
}
function pin(step: string): Action {
  return { class: 'fault', name: 'pin', target: 'search-b', options: { step } };
}

/** search, back to the beginning of partitions 0, 1 and 2. */
const rebuild = [0, 1, 2].map((partition) => at(38_000 + partition * 500, seek('search', partition, 0)));

export const scripts: LessonScripts = {
  solution: {
    a: [at(30_000, seek('cache', 0, 0))],
    b: rebuild,
  },
  wrong: [
    {
      id: 'publish-instead',
      goal: 'a',
      misconception: 'replay-is-publishing',
      script: [at(18_000, publish('mug'))],
    },
    {
      id: 'crash-before-apply',
      goal: 'a',
      misconception: 'crash-always-repeats',
      script: [at(18_000, pin('apply'))],
    },
    {
      id: 'publish-the-rest',
      goal: 'b',
      misconception: 'replay-is-publishing',
      script: [...rebuild.slice(0, 2), at(39_000, publish('book'))],
    },
    {
      id: 'seek-cache',
      goal: 'b',
      misconception: 'wrong-group',
      script: [seek('cache', 0, 0)].map((action) => at(38_000, action)).concat(rebuild.slice(1)),
    },
    {
      id: 'restart-consumer',
      goal: 'b',
      misconception: 'restart-rereads',
      script: [at(38_000, restart('search-b')), ...rebuild.slice(1)],
    },
    {
      id: 'seek-to-the-end',
      goal: 'b',
      misconception: 'latest-is-state',
      script: [at(38_000, seek('search', 0, end)), ...rebuild.slice(1)],
    },
  ],
  detour: [
    {
      id: 'crash-first',
      goal: 'a',
      script: [at(17_000, pin('apply')), at(30_000, seek('search', 0, 0))],
    },
    {
      id: 'end-then-beginning',
      goal: 'b',
      script: [
        at(37_000, seek('search', 0, end)),
        at(37_500, restart('search-b')),
        ...later(rebuild, 12_000),
      ],
    },
  ],
  knobsZero: {
    goal: 'b',
    script: [
      at(37_000, { class: 'workload', name: 'rate', target: 'shop', options: { ratePerSecond: 0 } }),
      at(37_000, { class: 'fault', name: 'unpin', target: 'search-b', options: { step: 'commit' } }),
      at(37_000, { class: 'operation', name: 'resume', target: 'search', options: {} }),
    ],
  },
};

function later(script: readonly ScheduledAction[], byMs: number): readonly ScheduledAction[] {
  return script.map(({ atMs, action }) => at(atMs + byMs, action));
}
