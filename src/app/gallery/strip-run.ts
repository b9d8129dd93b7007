/** What a strip of pictures is made of: a run, its instants, and the types of facts that tell what it is about. */
import type { Action, Scenario } from '../../scenario/scenario';

/** One picture of a strip. `name` has its title in the words. */
export interface Instant {
  readonly name: string;
  readonly atMs: number;
}

export interface StripRun {
  readonly scenario: Scenario;
  readonly inputs: readonly { readonly atMs: number; readonly action: Action }[];
  readonly instants: readonly Instant[];
  readonly told: readonly string[];
}

export function fault(name: string, target: string, options: Action['options'] = {}): Action {
  return { class: 'fault', name, target, options };
}
