/**
 * The rules every lesson obeys (curriculum.md 1.3), found out by playing it: the start shows nothing, the solution
 * shows both goals, wrong ideas show neither, a mistake made good still counts, and no action of the solution is idle.
 */
import type { Verdict } from '../judge/goal';
import type { ProofRequest } from '../scenario/prove';
import { unseenSeeds } from '../scenario/seeds';
import type { Lesson, LessonScripts, Probe, Script, TaggedScript } from './lesson';
import type { GoalId } from './lesson-flow';
import { endOf, probeStart, scripted, startOf } from './runs';
import { sameAction } from './knobs';

type Answers = TaggedScript['answers'];

/** Judges a recording on each seed: `prove` of the scenario layer, in this thread or another. */
export type Prover = (
  request: ProofRequest,
) => Promise<readonly { readonly judgement: { readonly verdict: Verdict } }[]>;

/** What the playing of one lesson found. */
export interface LessonReport {
  readonly slug: string;
  readonly start: Readonly<Record<GoalId, Verdict>>;
  readonly solution: Readonly<Record<GoalId, Verdict>>;
  readonly wrong: readonly { readonly id: string; readonly verdict: Verdict }[];
  readonly detour: readonly { readonly id: string; readonly verdict: Verdict }[];
  readonly knobsZero: Verdict;
  /** Leaving out any one action of a solution shows nothing any more. */
  readonly minimal: boolean;
  readonly seeds: { readonly run: number; readonly shown: number };
}

export interface Played {
  readonly report: LessonReport;
  /** Broken rules, in words. None: the lesson is in order. */
  readonly broken: readonly string[];
}

/** Seeds on which the solution must hold. */
export const seedsPerLesson = 20;

export async function playLesson(
  lesson: Lesson,
  scripts: LessonScripts,
  engine: string,
  prove: Prover,
): Promise<Played> {
  const on = async (
    goal: GoalId,
    script: Script,
    seeds: readonly number[],
    answers = scripts.answers,
  ): Promise<readonly Verdict[]> => {
    const start = startOf(lesson, goal === 'a' ? 'base' : 'fix', { engine, seed: lesson.seed });
    const recording = scripted(start.recording, script);
    const endMs = (goal === 'a' ? lesson.starts.base?.judgedAtMs : undefined) ?? start.endMs;
    return verdicts(prove, {
      recording,
      goal: lesson.goals[goal],
      seeds,
      endMs,
      // goal A is shown in the run itself, goal B is proved of the design as it ended up
      ...(goal === 'a' ? { asItRan: true } : {}),
      ...(answers ? { answers } : {}),
    });
  };
  const once = async (goal: GoalId, script: Script, answers?: Answers): Promise<Verdict> =>
    (await on(goal, script, [lesson.seed], answers))[0];
  const tagged = (list: readonly TaggedScript[]) =>
    Promise.all(
      list.map(async ({ id, goal, script, answers }) => ({ id, verdict: await once(goal, script, answers) })),
    );
  const seeds = unseenSeeds(lesson.seed, seedsPerLesson);
  const { solution, knobsZero } = scripts;
  const [a, b] = [await on('a', solution.a, seeds), await on('b', solution.b, seeds)];
  const report: LessonReport = {
    slug: lesson.slug,
    start: { a: await once('a', [], {}), b: await once('b', [], {}) },
    solution: { a: await once('a', solution.a), b: await once('b', solution.b) },
    wrong: await tagged(scripts.wrong),
    detour: await tagged(scripts.detour),
    knobsZero: await once(knobsZero.goal, knobsZero.script),
    minimal: (await isMinimal('a', solution.a, once)) && (await isMinimal('b', solution.b, once)),
    seeds: {
      run: seeds.length,
      shown: seeds.filter((_, index) => a[index] === 'shown' && b[index] === 'shown').length,
    },
  };
  const probes = await Promise.all(
    [lesson.transfer, ...lesson.warmups].map((probe) => probeRule(probe, engine, prove)),
  );
  return { report, broken: [...brokenRules(report), ...contentRules(lesson, scripts), ...probes.flat()] };
}

async function verdicts(
  prove: Prover,
  request: ProofRequest & { readonly endMs: number },
): Promise<readonly Verdict[]> {
  const proofs = await prove({ ...request, endMs: endOf(request.recording, request.endMs) });
  return proofs.map(({ judgement }) => judgement.verdict);
}

async function isMinimal(
  goal: GoalId,
  script: Script,
  once: (goal: GoalId, script: Script) => Promise<Verdict>,
): Promise<boolean> {
  for (const index of script.keys()) {
    if ((await once(goal, script.toSpliced(index, 1))) === 'shown') return false;
  }
  return script.length > 0;
}

/** What a probe says is right must happen, on the seed it is asked with and on unseen ones. */
async function probeRule(probe: Probe, engine: string, prove: Prover): Promise<readonly string[]> {
  const { recording } = probeStart(probe, { engine, seed: probe.seed });
  const seeds = [probe.seed, ...unseenSeeds(probe.seed, 4)];
  const all = await verdicts(prove, {
    recording,
    goal: probe.shows,
    seeds,
    endMs: probe.tellAtMs,
    asItRan: true,
  });
  return all.every((verdict) => verdict === 'shown')
    ? []
    : [`The run of "${probe.bet.id}" does not show its answer: ${all.join(', ')}.`];
}

function brokenRules(report: LessonReport): readonly string[] {
  const broken: string[] = [];
  const must = (holds: boolean, rule: string): void => void (holds || broken.push(rule));
  for (const goal of ['a', 'b'] as const) {
    must(
      report.start[goal] === 'unknown',
      `Goal ${goal} is ${report.start[goal]} at the start; it must be unknown.`,
    );
    must(report.solution[goal] === 'shown', `The solution of goal ${goal} is ${report.solution[goal]}.`);
  }
  for (const { id, verdict } of report.wrong) must(verdict !== 'shown', `The wrong script "${id}" is shown.`);
  for (const { id, verdict } of report.detour) must(verdict === 'shown', `The detour "${id}" is ${verdict}.`);
  must(report.wrong.length >= 2, 'There are fewer than two wrong scripts.');
  must(report.detour.length >= 1, 'There is no detour.');
  must(report.knobsZero !== 'shown', 'Turning every knob to nothing is shown.');
  must(report.minimal, 'An action of a solution can be left out.');
  must(
    report.seeds.shown === report.seeds.run,
    `The solution holds on ${report.seeds.shown} of ${report.seeds.run} seeds.`,
  );
  return broken;
}

/** Rules about the content itself: nothing has to be played for them. */
function contentRules(lesson: Lesson, scripts: LessonScripts): readonly string[] {
  const broken: string[] = [];
  for (const { options, id } of [
    ...lesson.bets,
    ...(lesson.questions ?? []),
    lesson.transfer.bet,
    ...lesson.warmups.map(({ bet }) => bet),
  ]) {
    const wrong = options.filter((option) => !option.right);
    if (options.length - wrong.length !== 1) broken.push(`"${id}" has not exactly one right option.`);
    if (wrong.length < 2) broken.push(`"${id}" has fewer than two wrong options.`);
    if (wrong.some((option) => !option.misconception))
      broken.push(`"${id}" has a wrong option without a misconception.`);
  }
  for (const { id, goal, script } of scripts.wrong) {
    const distance = distanceOf(script, scripts.solution[goal]);
    if (distance > 2)
      broken.push(`The wrong script "${id}" is ${distance} actions from the solution; at most two.`);
  }
  for (const step of ['break', 'fix'] as const) {
    const knobs = lesson.knobs.filter((knob) => knob.steps.includes(step));
    if (knobs.length > 4) broken.push(`Step ${step} shows ${knobs.length} knobs; at most four.`);
  }
  return broken;
}

/** Actions to remove and to add, whenever they happen. */
export function distanceOf(script: Script, solution: Script): number {
  const missing = (from: Script, inside: Script): number =>
    from.filter(({ action }) => !inside.some((other) => sameAction(action, other.action))).length;
  return missing(script, solution) + missing(solution, script);
}
