/** The runs of a lesson: how each begins, and how long it lasts. */
import { toMs } from '../kernel/time';
import type { Recording, Scenario } from '../scenario/scenario';
import type { Lesson, LessonStep, Probe, Script } from './lesson';
import type { RunId } from './lesson-flow';

/** How a run begins: what to play, and where it opens, paused. */
export interface RunStart {
  readonly recording: Recording;
  /** Milliseconds of simulated time. */
  readonly openAtMs: number;
  readonly endMs: number;
}

/** Version of the engine that recordings made here carry. */
export interface Made {
  readonly engine: string;
  readonly seed: number;
}

/** The run that is on stage in a step. The card goes back to the first one: its bet is replayed there. */
export function runOf(step: LessonStep): RunId {
  return step === 'fix' || step === 'transfer' || step === 'warmup' ? step : 'base';
}

export function startOf(lesson: Lesson, run: RunId, made: Made, warmup?: Probe): RunStart {
  if (run === 'transfer') return probeStart(lesson.transfer, made);
  if (run === 'warmup' && warmup) return probeStart(warmup, made);
  const scenario = run === 'fix' ? fixScenario(lesson) : lesson.scenario;
  return {
    recording: { ...made, scenario, inputs: [] },
    openAtMs: run === 'fix' ? lesson.starts.fix.atMs : 0,
    endMs: scenario.endMs,
  };
}

/** A probe opens where its question is asked; what led there can be looked at by going back. */
export function probeStart({ scenario, askAtMs }: Probe, made: Made): RunStart {
  return { recording: { ...made, scenario, inputs: [] }, openAtMs: askAtMs, endMs: scenario.endMs };
}

/** The lesson's world, or the step's own, with what happens in the fix step only. */
function fixScenario({ scenario: usual, starts: { fix } }: Lesson): Scenario {
  const { scenario = usual } = fix;
  return { ...scenario, schedule: [...scenario.schedule, ...fix.schedule], endMs: fix.endMs };
}

/** A recording in which a script is played instead of a person's inputs. */
export function scripted(recording: Recording, script: Script): Recording {
  const inputs = [...script]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, action }, order) => ({ time: Math.round(atMs * 1000), order, action }));
  return { ...recording, inputs };
}

/** After the last thing done, a run is given this long before it is judged. */
export const settleMs = 15_000;

/** When a run is over, for a proof: at its own end, or some time after the last thing done if that is later. */
export function endOf(recording: Recording, endMs: number): number {
  const last = recording.inputs.reduce((time, input) => Math.max(time, input.time), 0);
  return Math.max(endMs, toMs(last) + settleMs);
}
