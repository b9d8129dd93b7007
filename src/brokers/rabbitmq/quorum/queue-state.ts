/** A quorum queue on a node: its state machine, and for every channel of this node that uses it what the channel remembers. */
import type { MessageId } from '../../../kernel/bodies';
import type { TimerId } from '../../../kernel/machine';
import type { Stack } from '../../../kernel/shape';
import { NumberMap } from '../../../kernel/structures/number-map';
import type { Time } from '../../../kernel/time';
import type { DeathReason } from '../deaths';
import type { ChannelRef, Publication, QueueDefinition, QueuePort, QueueState } from '../queue-type';
import { membersOf } from '../cluster/members';
import { cloneRaft, newRaft, type RaftState } from '../cluster/raft-state';
import { fifoConfig, wholeNumber } from './arguments';
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
  readonly pending: NumberMap<Pending>;
  nextSeq: number;
  /** Publishes that wait for the answer whether they may. */
  held: Extract<Concern, { type: 'Publish' }>[];
  /** Gets so far: each is a consumer of its own. */
  gets: number;
  /** Next delivery of each consumer; earlier ones are repetitions. */
  readonly expected: Map<string, number>;
}

export interface SentLetter {
  readonly publication: Publication;
  readonly reason: DeathReason;
  readonly awaits: readonly string[];
}

export interface QuorumState extends QueueState {
  /** Nodes that have a copy, the first leader first. */
  readonly members: readonly number[];
  /** This node's part in keeping copies equal; null: it has none, or is the only node. */
  readonly raft: RaftState<FifoCommand> | null;
  /** Who leads, as far as this node knows. */
  leader: number | null;
  /** What was taken in this instant is about to be sent to the other members. */
  flush: TimerId | null;
  fifo: FifoState;
  readonly clients: Map<string, QuorumClient>;
  /** Dead letters that were sent, and the queues that have not got them yet. */
  readonly letters: Map<number, SentLetter>;
  /** Letters are sent again. */
  letterTimer: TimerId | null;
  /** When the head expires. */
  expiry: { readonly timer: TimerId; readonly at: Time } | null;
  /** For the picture, where it is led: what died here last, and what was given back last. */
  left: { readonly message: MessageId; readonly reason: DeathReason; readonly at: Time } | null;
  returned: NonNullable<Stack['returned']> | null;
}

/** quorum_cluster_size: copies of a queue that does not say how many. */
const usualMembers = 3;

export function newQuorumQueue(
  definition: QueueDefinition,
  { version, node, nodes }: Pick<QueuePort, 'version' | 'node' | 'nodes'>,
): QuorumState {
  const size = wholeNumber(definition.arguments, 'x-quorum-initial-group-size') ?? usualMembers;
  const members = membersOf(definition, nodes, size);
  return {
    definition,
    members,
    raft: nodes.length > 1 && members.includes(node) ? newRaft(node, members) : null,
    leader: null,
    flush: null,
    fifo: newFifo(fifoConfig(definition, version), 0),
    clients: new Map(),
    letters: new Map(),
    letterTimer: null,
    expiry: null,
    left: null,
    returned: null,
  };
}

export function cloneQuorumQueue(queue: QuorumState): QuorumState {
  return {
    ...queue,
    raft: queue.raft && cloneRaft(queue.raft),
    letters: new Map(queue.letters),
    fifo: cloneFifo(queue.fifo),
    clients: new Map([...queue.clients].map(([key, client]) => [key, cloneClient(client)])),
  };
}

function cloneClient(client: QuorumClient): QuorumClient {
  return {
    ...client,
    pending: client.pending.clone(),
    held: client.held.slice(),
    expected: new Map(client.expected),
  };
}

export function clientOf({ clients }: QuorumState, channel: ChannelRef): QuorumClient {
  let client = clients.get(channel.key);
  if (client) return client;
  client = { channel, status: null, nextEnqueue: 1, pending: new NumberMap(), nextSeq: 0, held: [], gets: 0, expected: new Map() }; // prettier-ignore
  clients.set(channel.key, client);
  return client;
}
