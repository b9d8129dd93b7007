/**
 * What a coordinator keeps, in the topics where it keeps it: __consumer_offsets and __transaction_state (GroupCoordinatorShard.java,
 * TransactionLog.java). An entry is all that is kept of one group or one transactional id; the real logs have a record
 * for each offset and each member list. The latest entry of an id is the one that counts, as in a compacted topic.
 */
import type { Context } from '../../../kernel/machine';
import { newGroup, type CommittedOffset, type Group, type GroupRecord } from '../group';
import { fromRecord } from '../group-record';
import { append, type Partition } from '../partition';
import { batchOverheadBytes } from '../batch-size';
import type { CoordinatorEntry, StoredBatch } from '../protocol';
import { partitionOf } from '../state';
import { offsetsTopic, transactionsTopic } from '../topic-name';
import type { Transaction } from '../transaction-state';
import type { ModernGroup } from '../consumer-group/modern-group';
import type { PendingOffsets } from '../txn-offsets';
import type { AwaitedPlace } from './awaiting';
import type { Clustered } from './cluster-state';
import { keyPartition } from './key-partition';
import { advance } from './lead';
import { wakeFetches } from '../fetch';

/** What outlives a coordinator, of one group. */
export interface KeptGroup {
  readonly record: GroupRecord | null;
  readonly offsets: ReadonlyMap<string, CommittedOffset>;
  readonly pending: PendingOffsets | null;
  /** Absent: a classic group. */
  readonly modern?: ModernGroup;
}

export type KeptTransaction = Readonly<Omit<Transaction, 'timer'>>;

interface GroupEntry extends CoordinatorEntry {
  readonly is: 'group';
  /** null: it is deleted. */
  readonly kept: KeptGroup | null;
}
interface TransactionEntry extends CoordinatorEntry {
  readonly is: 'transaction';
  readonly kept: KeptTransaction;
}

export interface Journaled {
  readonly groups: Map<string, KeptGroup>;
  /** `end`: the high watermark passes it when the entry is safe. */
  readonly transactions: Map<string, { readonly kept: KeptTransaction; readonly end: number }>;
}

/** Bytes of a record in these topics, more or less. */
const entryBytes = 200;

/** Writes down what the last command has changed. Where to wait for it; nothing when nothing was written. */
export function writeJournal(state: Clustered, context: Context): readonly AwaitedPlace[] {
  const places: AwaitedPlace[] = [];
  const { groups, transactions } = state.cluster.journaled;
  const write = (topic: string, entry: GroupEntry | TransactionEntry): number => {
    const place = appendEntry(state, topic, entry, context);
    places.push(place);
    return place.end;
  };
  for (const [id, group] of state.groups) {
    const before = groups.get(id);
    const kept = keptOf(group);
    if (before ? isSame(before, kept) : isNothing(kept)) continue;
    const entry: GroupEntry = { is: 'group', id, kept };
    write(offsetsTopic, entry);
    groups.set(id, kept);
  }
  for (const id of groups.keys()) {
    if (state.groups.has(id)) continue;
    const entry: GroupEntry = { is: 'group', id, kept: null };
    write(offsetsTopic, entry);
    groups.delete(id);
  }
  for (const [id, { timer: _, ...kept }] of state.transactions ?? []) {
    const before = transactions.get(id)?.kept;
    if (before && isSameTransaction(before, kept)) continue;
    const entry: TransactionEntry = { is: 'transaction', id, kept };
    transactions.set(id, { kept, end: write(transactionsTopic, entry) });
  }
  for (const { topic, index } of places) {
    const partition = partitionOf(state, topic, index)!;
    advance(state, partition, context);
    wakeFetches(state, partition, context);
  }
  return places;
}

/** What a partition of a coordinator's topic says: the latest of every id. */
export function readGroups(state: Clustered, partition: Partition): void {
  const latest = new Map<string, KeptGroup | null>();
  for (const { entry } of partition.log)
    if (entry?.is === 'group') latest.set(entry.id, (entry as GroupEntry).kept);
  for (const [id, kept] of latest) {
    if (kept === null) continue;
    const { modern, record, offsets, pending } = kept;
    const group = newGroup(state.name, id, record?.stateSince ?? 0);
    for (const [address, offset] of offsets) group.offsets.set(address, offset);
    group.record = record;
    if (pending) group.pendingOffsets = pending;
    if (modern) group.modern = modern;
    state.groups.set(id, fromRecord(state.name, group));
    state.cluster.journaled.groups.set(id, kept);
  }
}

export function readTransactions(state: Clustered, partition: Partition): void {
  const transactions = new Map(state.transactions);
  for (const { entry, lastOffset } of partition.log) {
    if (entry?.is !== 'transaction') continue;
    const { id, kept } = entry as TransactionEntry;
    // who was asked for its markers was asked by another node
    const { markersAsked: _, owing: __, ...own } = kept;
    transactions.set(id, { ...own, timer: null });
    state.cluster.journaled.transactions.set(id, { kept, end: lastOffset + 1 });
  }
  if (transactions.size > 0) state.transactions = transactions;
}

function keptOf({ modern, record, offsets, pendingOffsets }: Group): KeptGroup {
  return {
    ...{ record, offsets: new Map(offsets), pending: pendingOffsets ?? null },
    ...(modern ? { modern } : {}),
  };
}

function isNothing({ modern, record, offsets, pending }: KeptGroup): boolean {
  return modern === undefined && record === null && offsets.size === 0 && pending === null;
}

/** Everything in it is immutable, so the same object is the same thing. */
function isSame(a: KeptGroup, b: KeptGroup): boolean {
  if (a.modern !== b.modern) return false;
  if (a.record !== b.record || a.pending !== b.pending || a.offsets.size !== b.offsets.size) return false;
  for (const [address, offset] of a.offsets) if (b.offsets.get(address) !== offset) return false;
  return true;
}

function isSameTransaction(a: KeptTransaction, b: KeptTransaction): boolean {
  return (
    a.epoch === b.epoch &&
    a.state === b.state &&
    a.timeout === b.timeout &&
    a.partitions === b.partitions &&
    a.groups === b.groups &&
    a.startedAt === b.startedAt
  );
}

function appendEntry(
  state: Clustered,
  topic: string,
  entry: GroupEntry | TransactionEntry,
  context: Context,
): AwaitedPlace {
  const count = state.topics.get(topic)!.partitions.length;
  const partition = partitionOf(state, topic, keyPartition(entry.id, count))!;
  const { leaderEpoch } = partition.replication!.image;
  const offset = partition.logEnd;
  const batch: StoredBatch = {
    ...{ records: [], producerId: -1, producerEpoch: -1, baseSequence: -1, entry, leaderEpoch },
    ...{ baseOffset: offset, lastOffset: offset, maxTimestamp: context.now, appendTime: context.now },
    ...{ sizeBytes: batchOverheadBytes + entryBytes, firstFact: -1 },
  };
  append(partition, batch);
  return { topic, index: partition.index, end: partition.logEnd, leaderEpoch };
}
