/** Calls that need nobody else: they are answered at once (ClassicKafkaConsumer.java). */
import type { Context } from '../../kernel/machine';
import { JavaError } from './api';
import { assignPlaces } from './assigning';
import type { Calling, Result } from './consumer-calls';
import { commitAsync } from './consumer-commit';
import { setPosition, startReset } from './consumer-positions';
import { newAssigned, type Assigned, type ConsumerState } from './consumer-state';
import { membershipOf } from './memberships';

/** What it is answered; undefined: it has to wait for others. Throws JavaError as the call throws. */
export function callLocally(state: ConsumerState, call: Calling, context: Context): Result | undefined {
  switch (call.is) {
    case 'subscribe':
      return subscribe(state, call.topics, context);
    case 'assign':
      return assign(state, call.places, context);
    case 'seek':
      if (call.offset < 0)
        throw new JavaError('IllegalArgumentException', 'seek offset must not be a negative number');
      setPosition(assignedIn(state, call.place), call.offset);
      return null;
    case 'seekToBeginning': {
      const all = call.places.length === 0 ? [...state.assigned.values()] : call.places;
      for (const place of all) startReset(assignedIn(state, place), { is: 'earliest' });
      return null;
    }
    case 'pause':
    case 'resume':
      for (const place of call.places) assignedIn(state, place).paused = call.is === 'pause';
      return null;
    case 'assignment':
      return [...state.assigned.keys()].sort();
    case 'rebalances': {
      const { rebalances } = state;
      state.rebalances = [];
      return rebalances;
    }
    case 'groupMetadata': {
      mustHaveGroup(state);
      const { generation, memberId } = state.member?.known ?? { generation: -1, memberId: '' };
      return { generationId: generation, memberId };
    }
    case 'commitSync':
    case 'committed':
      mustHaveGroup(state);
      return undefined;
    default:
      return undefined;
  }
}

function subscribe(state: ConsumerState, topics: readonly string[], context: Context): null {
  mustHaveGroup(state);
  mustNotMix(state.isManual);
  if (topics.length === 0) {
    if (state.member) membershipOf(state).leave(state, context);
    state.subscribed = null;
    state.buffer = [];
    return null;
  }
  state.subscribed = [...new Set(topics)];
  state.buffer = state.buffer.filter(({ name }) => topics.includes(state.assigned.get(name)?.topic ?? ''));
  state.member ??= membershipOf(state).newMember(context.now);
  return null;
}

function assign(
  state: ConsumerState,
  places: readonly { readonly topic: string; readonly partition: number }[],
  context: Context,
): null {
  mustNotMix(state.subscribed !== null);
  if (state.isManual && state.config.autoCommit) commitAsync(state, context);
  state.isManual = places.length > 0;
  assignPlaces(state, places);
  state.buffer = state.buffer.filter(({ name }) => state.assigned.has(name));
  return null;
}

function mustHaveGroup({ config }: ConsumerState): void {
  if (config.groupId === '')
    throw new JavaError(
      'InvalidGroupIdException',
      'To use the group management or offset commit APIs, you must provide a valid group.id in the consumer configuration.',
    );
}

function mustNotMix(does: boolean): void {
  if (does)
    throw new JavaError(
      'IllegalStateException',
      'Subscription to topics, partitions and pattern are mutually exclusive',
    );
}

function assignedIn(
  state: ConsumerState,
  { topic, partition }: { readonly topic: string; readonly partition: number },
): Assigned {
  const one = state.assigned.get(newAssigned(topic, partition).name);
  if (!one)
    throw new JavaError('IllegalStateException', `No current assignment for partition ${topic}-${partition}`);
  return one;
}
