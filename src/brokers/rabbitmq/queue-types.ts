/** Which types of queues there are. */
import { classicQueue } from './classic/classic-queue';
import type { QueueKind, QueueState, QueueType } from './queue-type';
import { quorumQueue } from './quorum/quorum-queue';
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
