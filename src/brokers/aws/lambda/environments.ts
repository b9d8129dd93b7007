/**
 * Execution environments: one runs one invocation at a time; a new one is started (cold) when all are busy; one that
 * nobody uses is gone after a while. Their code is parts of one process, which is ours: when it crashes, everything that
 * runs in it ends at once. How long a start and idleness take is ours too.
 */
import type { Context } from '../../../kernel/machine';
import type { Environment, LambdaFunction, LambdaState } from './state';

/** Reminder: a new environment has started. */
export interface EnvironmentReady {
  readonly type: 'EnvironmentReady';
  readonly function: string;
  readonly environment: number;
}
/** Reminder: an environment has not been used for long. */
export interface EnvironmentFades {
  readonly type: 'EnvironmentFades';
  readonly function: string;
  readonly environment: number;
}

/** How many of those that are gone the picture is told of. */
const goneShown = 8;

/** An idle one, else a new one that has yet to start. Whoever asks has seen that there is room. */
export function takeEnvironment(
  { settings }: LambdaState,
  one: LambdaFunction,
  invocation: number,
  context: Context,
): Environment {
  for (const environment of one.environments.values()) {
    if (environment.state !== 'idle') continue;
    context.cancel(environment.timer);
    Object.assign(environment, { state: 'busy', since: context.now, invocation, timer: 0 });
    return environment;
  }
  const id = ++one.lastEnvironment;
  const ready: EnvironmentReady = { type: 'EnvironmentReady', function: one.name, environment: id };
  const wait = context.random('cold start').sample(settings.coldStart);
  const timer = context.after(wait, ready);
  const environment: Environment = { id, state: 'cold', since: context.now, invocation, timer };
  one.environments.set(id, environment);
  return environment;
}

/** The invocation is over; the environment waits for another. */
export function releaseEnvironment(
  { settings }: LambdaState,
  one: LambdaFunction,
  id: number,
  context: Context,
): void {
  const environment = one.environments.get(id);
  if (!environment) return;
  const fades: EnvironmentFades = { type: 'EnvironmentFades', function: one.name, environment: id };
  const timer = context.after(settings.environmentIdle, fades);
  Object.assign(environment, { state: 'idle', since: context.now, invocation: 0, timer });
}

/** Its process has ended, it was killed by a timeout, or nobody used it. */
export function endEnvironment(one: LambdaFunction, id: number, context: Context): void {
  const environment = one.environments.get(id);
  if (!environment) return;
  context.cancel(environment.timer);
  one.environments.delete(id);
  one.gone = [...one.gone, { id, at: context.now }].slice(-goneShown);
}
