import type { MessageId } from '../../../kernel/bodies';
import type { TimerId } from '../../../kernel/machine';
import type { Stack } from '../../../kernel/shape';
import { NumberMap } from '../../../kernel/structures/number-map';
import type { Time } from '../../../kernel/time';
import type { DeathReason } from '../deaths';
import type { ChannelRef, QueueDefinition, QueueState } from '../queue-type';
import { cloneConsumers, newConsumers, type Consumers } from './consumers';
import { limitsOf, type Limits } from './limits';
import { cloneReady, newReady, type Entry, type Ready } from './ready';

/** Given out, and not settled. */
export interface Held {
  readonly entry: Entry;
  readonly channel: ChannelRef;
  /** '' for one that was got. */
  readonly tag: string;
}

/** A publisher that is told once what it published under these numbers is on disk. */
interface Unwritten {
  readonly channel: ChannelRef;
  readonly seqs: number[];
}

export interface ClassicState extends QueueState {
  readonly limits: Limits;
  /** Id of the next message to arrive. */
  nextId: number;
  readonly ready: Ready;
  /** By id. */
  readonly unacked: NumberMap<Held>;
  readonly consumers: Consumers;
  /** Persistent messages with higher ids are not on disk yet. */
  writtenTo: number;
  /** In the order they came. */
  unwritten: Unwritten[];
  /** Its node has stopped in good order. */
  orderly: boolean;
  writing: TimerId | null;
  /** When the head expires, and x-expires of the queue. */
  headTimer: TimerId | null;
  headAt: number;
  idleTimer: TimerId | null;
  /** For the picture: what died here last, and what was given back last. */
  left: { readonly message: MessageId; readonly reason: DeathReason; readonly at: Time } | null;
  returned: NonNullable<Stack['returned']> | null;
}

export function newClassic(definition: QueueDefinition): ClassicState {
  const limits = limitsOf(definition.arguments);
  return {
    definition,
    limits,
    nextId: 0,
    ready: newReady(limits.priorityMax),
    unacked: new NumberMap(),
    consumers: newConsumers(),
    writtenTo: 0,
    unwritten: [],
    orderly: false,
    writing: null,
    headTimer: null,
    headAt: Infinity,
    idleTimer: null,
    left: null,
    returned: null,
  };
}

export function cloneClassic(queue: ClassicState): ClassicState {
  return {
    ...queue,
    ready: cloneReady(queue.ready),
    unacked: queue.unacked.clone(),
    consumers: cloneConsumers(queue.consumers),
    unwritten: queue.unwritten.map(({ channel, seqs }) => ({ channel, seqs: seqs.slice() })),
  };
}
