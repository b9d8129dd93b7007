import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/course/lesson';
import { builtLessons, loadLesson, loadScripts } from '../../src/course/load';
import { playLesson } from '../../src/course/rules';
import { endOf, scripted, startOf } from '../../src/course/runs';
import { inEveryWorld } from '../../src/course/worlds';
import type { Judgement } from '../../src/judge/goal';
import { prove } from '../../src/scenario/prove';
import type { Action, Recording, Scenario, ServiceSpec } from '../../src/scenario/scenario';

const engine = 'test';
const lessons = (
  await Promise.all(
    builtLessons().map(async (slug) =>
      inEveryWorld((await loadLesson(slug, 'en')).lesson, await loadScripts(slug)),
    ),
  )
).flat();

async function judge(
  lesson: Lesson,
  goal: 'a' | 'b',
  recording: Recording,
  endMs: number,
  answers: Readonly<Record<string, string>> = {},
): Promise<Judgement> {
  const request = {
    recording,
    goal: lesson.goals[goal],
    seeds: [recording.seed],
    endMs: endOf(recording, endMs),
    answers,
    ...(goal === 'a' ? { asItRan: true as const } : {}),
  };
  return (await prove(request))[0].judgement;
}

describe.each(lessons)('$slug', ({ lesson, scripts }) => {
  test('the start shows nothing, solutions and detours show their goal, wrong ideas do not, on 20 of 20 seeds', async () => {
    const { report, broken } = await playLesson(lesson, scripts, engine, prove);
    expect(broken).toEqual([]);
    expect(report.start).toEqual({ a: 'unknown', b: 'unknown' });
    expect(report.solution).toEqual({ a: 'shown', b: 'shown' });
    expect(report.wrong.map(({ verdict }) => verdict)).not.toContain('shown');
    expect(report.detour.every(({ verdict }) => verdict === 'shown')).toBe(true);
    expect(report.seeds).toEqual({ run: 20, shown: 20 });
    expect(report.minimal).toBe(true);
  }, 180_000);

  test('introduces one mechanism, and every misconception that is named has a script or an option that shows it', () => {
    expect(lesson.introduces).toHaveLength(1);
    const shown = new Set([...scripts.wrong.map((one) => one.misconception)]);
    for (const { misconception } of lesson.missteps)
      expect(shown.has(misconception), misconception).toBe(true);
  });

  test.each(['a', 'b'] as const)(
    'goal %s is passed under other names, and with strangers in the picture',
    async (goal) => {
      const start = startOf(lesson, goal === 'a' ? 'base' : 'fix', { engine, seed: lesson.seed });
      const renamed = withOtherNames(scripted(start.recording, scripts.solution[goal]));
      const { scenario } = renamed;
      const crowded = {
        ...renamed,
        scenario: { ...scenario, services: [...strangers(scenario), ...scenario.services] },
      };
      for (const recording of [renamed, crowded]) {
        const { verdict } = await judge(lesson, goal, recording, start.endMs, scripts.answers);
        expect(verdict).toBe('shown');
      }
    },
  );

  test('a clause that fails says which it is and when, and names facts when a fact decided it', async () => {
    for (const { goal, script, answers } of scripts.wrong) {
      const start = startOf(lesson, goal === 'a' ? 'base' : 'fix', { engine, seed: lesson.seed });
      const judgement = await judge(
        lesson,
        goal,
        scripted(start.recording, script),
        start.endMs,
        answers ?? scripts.answers,
      );
      const failed = judgement.clauses.filter(({ verdict }) => verdict !== 'shown');
      expect(failed.length).toBeGreaterThan(0);
      for (const clause of failed.filter(({ verdict, at }) => verdict === 'violated' && at !== null)) {
        expect(clause.facts.length).toBeGreaterThan(0);
      }
    }
  });
});

/** Every process under another name; roles, groups and topics stay, because goals speak of those. */
function withOtherNames(recording: Recording): Recording {
  const { scenario } = recording;
  const names = new Map(
    scenario.services.map(({ name }, index) => [name, `node-${scenario.services.length - index}`]),
  );
  const rename = (name: string): string => names.get(name) ?? name;
  const action = (one: Action): Action => ({ ...one, target: rename(one.target) });
  const services = scenario.services.map((service): ServiceSpec => ({
    ...service,
    name: rename(service.name),
    parts: service.parts.map((part) => ({ ...part, options: renamedIn(part.options ?? {}, names) })),
  }));
  return {
    ...recording,
    scenario: {
      ...scenario,
      services,
      links: scenario.links.map((link) => ({ ...link, from: rename(link.from), to: rename(link.to) })),
      schedule: scenario.schedule.map((one) => ({ ...one, action: action(one.action) })),
    },
    inputs: recording.inputs.map((input) => ({ ...input, action: action(input.action) })),
  };
}

/** Options that name processes, one or several of them in one text. */
function renamedIn(options: Options, names: ReadonlyMap<string, string>): Options {
  const rename = (text: string): string => text.split(' ').map((word) => names.get(word) ?? word).join(' ');
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, typeof value === 'string' && !isOwn(name) ? rename(value) : value]),
  );
} // prettier-ignore

type Options = NonNullable<ServiceSpec['parts'][number]['options']>;

/** Names a part, a group or a topic, never a process. */
function isOwn(option: string): boolean {
  return ['effects', 'handler', 'groupId', 'topics', 'place', 'products', 'pattern'].includes(option);
}

/** Things a learner may have left lying about: a store, a service that does nothing, a group that reads along. */
function strangers({ brokers }: Scenario): readonly ServiceSpec[] {
  const idle: readonly ServiceSpec[] = [
    { name: 'stray-store', role: 'stray', restartAfterMs: null, parts: [{ kind: 'store' }] },
    { name: 'idle', role: 'stray', restartAfterMs: null, parts: [{ kind: 'consumer' }] },
  ];
  const [broker] = brokers;
  if (broker?.kind !== 'kafka') return idle;
  const topics = broker.topics.map(({ name }) => name).join(' ');
  const consumer = { groupId: 'audit', topics, fromBeginning: true, handler: 'projection' };
  return [
    ...idle,
    {
      name: 'reads-along',
      role: 'stray',
      restartAfterMs: 1000,
      parts: [
        { kind: 'kafka.consumer', options: consumer },
        { kind: 'projection', options: { store: 'stray-store' } },
      ],
    },
  ];
}
