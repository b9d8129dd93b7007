/** What channels say to queues, by name; and which types of queues there are. */
import { classicQueue } from './classic/classic-queue';
import type {
  ChannelRef,
  Publication,
  QueueCall,
  QueueDefinition,
  QueueKind,
  QueuePort,
  QueueState,
  QueueType,
  Settlement,
} from './queue-type';
import { quorumQueue } from './quorum/quorum-queue';
import { inQueue, Refused } from './refusal';
import type { BrokerState } from './state';
import { streamQueue } from './stream/stream-queue';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each type knows the state of its own queues
const types = new Map<QueueKind, QueueType<any>>([
  ['classic', classicQueue],
  ['quorum', quorumQueue],
  ['stream', streamQueue],
]);

export function typeOf(kind: QueueKind): QueueType<QueueState> | undefined {
  return types.get(kind) as QueueType<QueueState> | undefined;
}

/** The queue's type, for what is here: every kind that can be declared has one. */
export function typeOfQueue({ definition }: QueueState): QueueType<QueueState> {
  return types.get(definition.kind) as QueueType<QueueState>;
}

/** Throws NOT_FOUND. */
export function definitionOf(state: BrokerState, name: string): QueueDefinition {
  const definition = state.queues.get(name);
  if (definition === undefined) throw new Refused('NOT_FOUND', `no ${inQueue(name)}`);
  return definition;
}

export function enqueueAt(
  state: BrokerState,
  name: string,
  publication: Publication,
  from: ChannelRef | null,
  seq: number,
  port: QueuePort,
): void {
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).enqueue(queue, publication, from, seq, port);
}

export function callQueue(
  state: BrokerState,
  name: string,
  call: QueueCall,
  from: ChannelRef,
  port: QueuePort,
): void {
  // prettier-ignore
  const queue = state.held.get(name);
  if (queue === undefined) throw new Refused('NOT_FOUND', `no ${inQueue(name)}`);
  typeOfQueue(queue).call(queue, call, from, port);
}

export function settleAt(
  state: BrokerState,
  name: string,
  how: Settlement,
  ids: readonly number[],
  from: ChannelRef,
  tag: string,
  port: QueuePort,
): void {
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).settle(queue, how, ids, from, tag, port);
}

export function tellChannelDown(
  state: BrokerState,
  name: string,
  channel: ChannelRef,
  port: QueuePort,
): void {
  // prettier-ignore
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).channelDown(queue, channel, port);
}

export function resumeAt(state: BrokerState, name: string, channel: ChannelRef, port: QueuePort): void {
  const queue = state.held.get(name);
  if (queue !== undefined) typeOfQueue(queue).resume(queue, channel, port);
}
