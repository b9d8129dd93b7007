/** What Lambda knows of the processes that are its functions' code: their environments. */
import { contentsOf } from '../protocol/cargo';
import { addressOfArn } from '../protocol/resources';
import type { Look, PartPicture } from '../../../kernel/part';
import type { Environment as EnvironmentShape, Face } from '../../../kernel/shape';
import { ms } from '../../../kernel/time';
import type { LambdaFunction, LambdaState } from './state';

/** How many environments, and messages in each, the picture names. */
const environmentsShown = 24;
const facesShown = 10;
/** How long one that is gone is worth drawing. */
const fading = ms(2000);

export function describe(state: LambdaState, look: Look): PartPicture {
  return {
    about: [...state.functions.values()].map((one) => ({
      process: one.process.split('/')[0],
      fields: { environments: environmentsOf(state, one, look), owns: queuesOf(state, one) },
    })),
  };
}

/** Queues whose messages it is given. */
function queuesOf({ mappings }: LambdaState, { name }: LambdaFunction): readonly string[] {
  return [...mappings.values()]
    .filter((mapping) => mapping.function === name)
    .map(({ queueArn }) => addressOfArn(queueArn));
}

function environmentsOf(
  state: LambdaState,
  { environments, gone }: LambdaFunction,
  look: Look,
): readonly EnvironmentShape[] {
  const there = [...environments.values()].map(({ id, state: is, since, invocation }) => ({
    ...{ id, state: is, since },
    faces: facesOf(state, invocation, look),
  }));
  const faded = gone
    .filter(({ at }) => look.now - at < fading)
    .map(({ id, at }) => ({ id, state: 'gone' as const, since: at, faces: [] }));
  return [...there, ...faded].sort((a, b) => a.id - b.id).slice(0, environmentsShown);
}

function facesOf({ invocations }: LambdaState, id: number, look: Look): readonly Face[] {
  const invocation = invocations.get(id);
  if (!invocation) return [];
  return contentsOf(invocation.event)
    .slice(0, facesShown)
    .map(({ message }) => look.face(message));
}
