/** What a broker knows of share groups, besides their members (which are groups like others). */
import type { ConnectionId, TimerId } from '../../../kernel/machine';
import type { FactId } from '../../../kernel/fact';
import type { Place } from '../consumer-group/modern-group';
import type { ErrorCode, ShareFetchRequest } from '../protocol';
import { reloaded, type SharePartition } from './share-partition';

export interface ShareState {
  /** By share key. */
  readonly partitions: Map<string, SharePartition>;
  /** By member id. */
  readonly sessions: Map<string, ShareSession>;
  /** Fetches that wait for records, in the order of coming, by connection. */
  readonly parked: Map<ConnectionId, ParkedShareFetch>;
}

/** What a member reads through one connection, so that it need not name it each time. Immutable. */
export interface ShareSession {
  readonly groupId: string;
  readonly memberId: string;
  readonly connection: ConnectionId;
  readonly process: string;
  /** Of the next request. */
  readonly epoch: number;
  readonly places: readonly Place[];
}

/** Immutable. */
export interface ParkedShareFetch {
  readonly connection: ConnectionId;
  readonly request: ShareFetchRequest;
  readonly timer: TimerId;
  readonly cause: FactId;
  /** What became of the acknowledgements that came with it. */
  readonly acknowledged: ReadonlyMap<Place, ErrorCode>;
}

export function newShareState(): ShareState {
  return { partitions: new Map(), sessions: new Map(), parked: new Map() };
}

export function cloneShareState({ parked, partitions, sessions }: ShareState): ShareState {
  const copies = new Map<string, SharePartition>();
  for (const [key, partition] of partitions) copies.set(key, { ...partition });
  return { partitions: copies, sessions: new Map(sessions), parked: new Map(parked) };
}

/** A crash: sessions are gone with their connections, and of the records there is what was written down. */
export function restartShareState({ parked, partitions, sessions }: ShareState): void {
  parked.clear();
  sessions.clear();
  for (const [key, partition] of partitions) partitions.set(key, reloaded(partition));
}

export function shareKey(groupId: string, place: Place): string {
  return `${groupId} ${place}`;
}
