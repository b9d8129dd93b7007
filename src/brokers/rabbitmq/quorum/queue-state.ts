/** A quorum queue on a node: its state machine, and for every channel of this node that uses it what the channel remembers. */
import type { TimerId } from '../../../kernel/machine';
import type { Time } from '../../../kernel/time';
import type { ChannelRef, Publication, QueueDefinition, QueueState, Version } from '../queue-type';
import { fifoConfig } from './arguments';
import type { FifoCommand } from './commands';
import { cloneFifo, newFifo, type FifoState, type QueueStatus } from './fifo-state';

/** What a channel does when its command has been applied. */
export type Concern =
  | null
  /** To confirm a publish. */
  | { readonly type: 'Confirm'; readonly seq: number }
  /** It asked whether it may publish, and meant to publish this. */
  | { readonly type: 'Publish'; readonly publication: Publication; readonly seq: number }
  | { readonly type: 'Consume' }
  | { readonly type: 'Cancel' }
  | { readonly type: 'Get'; readonly id: number }
  | { readonly type: 'Purge' };

export interface Pending {
  readonly command: FifoCommand;
  readonly concern: Concern;
}

/** A channel of this node (rabbit_fifo_client.erl). */
export interface QuorumClient {
  readonly channel: ChannelRef;
  /** null: it has not asked yet whether it may publish. */
  status: QueueStatus | 'asking' | null;
  nextEnqueue: number;
  /** Commands that are not known to be applied, by number. */
  readonly pending: Map<number, Pending>;
  nextSeq: number;
  /** Publishes that wait for the answer whether they may. */
  held: Extract<Concern, { type: 'Publish' }>[];
  /** Gets so far: each is a consumer of its own. */
  gets: number;
  /** Next delivery of each consumer; earlier ones are repetitions. */
  readonly expected: Map<string, number>;
}

export interface QuorumState extends QueueState {
  readonly fifo: FifoState;
  readonly clients: Map<string, QuorumClient>;
  /** When the head expires. */
  expiry: { readonly timer: TimerId; readonly at: Time } | null;
}

export function newQuorumQueue(definition: QueueDefinition, version: Version, now: Time): QuorumState {
  return {
    definition,
    fifo: newFifo(fifoConfig(definition, version), now),
    clients: new Map(),
    expiry: null,
  };
}

export function cloneQuorumQueue(queue: QuorumState): QuorumState {
  return {
    ...queue,
    fifo: cloneFifo(queue.fifo),
    clients: new Map([...queue.clients].map(([key, client]) => [key, cloneClient(client)])),
  };
}

function cloneClient(client: QuorumClient): QuorumClient {
  return {
    ...client,
    pending: new Map(client.pending),
    held: client.held.slice(),
    expected: new Map(client.expected),
  };
}

export function clientOf({ clients }: QuorumState, channel: ChannelRef): QuorumClient {
  let client = clients.get(channel.key);
  if (client) return client;
  client = { channel, status: null, nextEnqueue: 1, pending: new Map(), nextSeq: 0, held: [], gets: 0, expected: new Map() }; // prettier-ignore
  clients.set(channel.key, client);
  return client;
}
