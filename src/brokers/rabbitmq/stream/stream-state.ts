/** A stream on a node: its log, and the consumers of this node's channels, each with its place in it. */
import type { TimerId } from '../../../kernel/machine';
import { membersOf } from '../cluster/members';
import { cloneRaft, newRaft, type RaftState } from '../cluster/raft-state';
import { bare } from '../field-values';
import type { ChannelRef, Publication, QueueDefinition, QueuePort, QueueState } from '../queue-type';
import { cloneStreamLog, newStreamLog, type StreamLog } from './stream-log';

export interface StreamReader {
  readonly channel: ChannelRef;
  readonly tag: string;
  /** Offset that is read next. */
  next: number;
  /** What lies before it in its first chunk is passed over. */
  readonly from: number;
  readonly prefetch: number;
  /** May go below 0 in 3.10, where chunks are not divided. */
  credit: number;
}

/** An entry of the replicated log: a record, and which one of its writer's it is. */
export interface StreamWrite {
  readonly writer: string;
  readonly seq: number;
  readonly publication: Publication;
}

/** A channel of this node that writes; null: what no channel has published. */
interface StreamClient {
  readonly channel: ChannelRef | null;
  next: number;
  readonly pending: Map<number, { readonly publication: Publication; readonly confirm: number }>;
}

export interface StreamState extends QueueState {
  log: StreamLog;
  /** By channel and tag. */
  readonly readers: Map<string, StreamReader>;
  /** Nodes that have a copy, the first leader first. */
  readonly members: readonly number[];
  /** This node's part in keeping copies equal; null: it has none, or is the only node. */
  readonly raft: RaftState<StreamWrite> | null;
  /** Who leads, as far as this node knows. */
  leader: number | null;
  flush: TimerId | null;
  /** With several nodes: what channels of this node have written and not heard of. */
  readonly clients: Map<string, StreamClient>;
  /** Number of each writer's next record. */
  writers: Map<string, number>;
}

export function newStream(
  definition: QueueDefinition,
  { node, nodes }: Pick<QueuePort, 'node' | 'nodes'>,
): StreamState {
  const size = bare(definition.arguments['x-initial-cluster-size']);
  const members = membersOf(definition, nodes, typeof size === 'number' ? size : nodes.length);
  return {
    definition,
    log: newStreamLog(definition),
    readers: new Map(),
    members,
    raft: nodes.length > 1 && members.includes(node) ? newRaft(node, members) : null,
    leader: null,
    flush: null,
    clients: new Map(),
    writers: new Map(),
  };
}

export function cloneStream(stream: StreamState): StreamState {
  const { log, readers, raft, clients, writers } = stream;
  return {
    ...stream,
    log: cloneStreamLog(log),
    readers: new Map([...readers].map(([key, reader]) => [key, { ...reader }])),
    raft: raft && cloneRaft(raft),
    clients: new Map([...clients].map(([key, client]) => [key, { ...client, pending: new Map(client.pending) }])), // prettier-ignore
    writers: new Map(writers),
  };
}

export function readerKey({ key }: ChannelRef, tag: string): string {
  return `${key}/${tag}`;
}
