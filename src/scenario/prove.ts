import type { Goal, Judgement } from '../judge/goal';
import { createJudge } from '../judge/judge';
import { ms } from '../kernel/time';
import { buildKernel } from './build';
import { asDesigned, checkEdits } from './design';
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
export function proveOn({ recording, goal, endMs }: ProofRequest, seed: number, registry: Registry): Proof {
  const replayed = asDesigned({ ...recording, seed });
  const roles = new Map(replayed.scenario.services.map(({ name, role }) => [name, role]));
  const kernel = buildKernel(replayed, registry, null);
  const judge = createJudge(goal, {
    roleOf: (process) => roles.get(process) ?? '',
    bodyOf: (message) => kernel.bodies.get(message),
  });
  kernel.sink = judge;
  const arrived = kernel.runUntil(ms(endMs ?? replayed.scenario.endMs), proofEventsMax);
  return { seed, judgement: judge.judgement(arrived), recording: replayed };
}
