import type { Goal, Judgement } from '../judge/goal';
import { createJudge } from '../judge/judge';
import { ms } from '../kernel/time';
import { buildKernel } from './build';
import { asProved, checkEdits } from './design';
import { loadRegistry, type Registry } from './registry';
import type { Recording } from './scenario';

/** A proof run stops here: a design that makes events without end proves nothing. */
const proofEventsMax = 2_000_000;

export interface ProofRequest {
  readonly recording: Recording;
  readonly goal: Goal;
  readonly seeds: readonly number[];
  /** How long each run lasts; the scenario's end when left out. */
  readonly endMs?: number;
  /** What the learner has answered to the lesson's questions: an input of the goal, like the history. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Edits of the design happen when they were made, as in the run itself: for a goal that is not proved but shown. */
  readonly asItRan?: true;
}

export interface Proof {
  readonly seed: number;
  readonly judgement: Judgement;
  /** The run that was judged, to be looked at. */
  readonly recording: Recording;
}

/**
 * Plays the recording's design as it ended up, faults, workload and operations on each seed and judges the histories. Facts stream
 * through the goal's folds and are not stored; the recording of each run is returned so that it can be looked at.
 */
export async function prove(request: ProofRequest): Promise<Proof[]> {
  const registry = await loadRegistry(request.recording.scenario);
  checkEdits(request.recording, registry);
  return request.seeds.map((seed) => proveOn(request, seed, registry));
}

/** One seed, with parts already loaded. */
export function proveOn(request: ProofRequest, seed: number, registry: Registry): Proof {
  const { recording, goal, endMs, answers, asItRan } = request;
  const replayed = asItRan ? { ...recording, seed } : asProved({ ...recording, seed });
  const roles = new Map(replayed.scenario.services.map(({ name, role }) => [name, role]));
  const kernel = buildKernel(replayed, registry, null);
  const judge = createJudge(goal, {
    roleOf: (process) => roles.get(process) ?? '',
    bodyOf: (message) => kernel.bodies.get(message),
    ...(answers ? { answers } : {}),
  });
  kernel.sink = judge;
  const arrived = kernel.runUntil(ms(endMs ?? replayed.scenario.endMs), proofEventsMax);
  return { seed, judgement: judge.judgement(arrived), recording: replayed };
}
