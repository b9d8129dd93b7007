/** Copies, transactions and what a cell's own words leave out, as rows. */
import type { Address, Cell, Lane, Transaction } from '../../kernel/shape';
import { toMs, type Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { roleOf, unlikeIn } from '../layout/copies';
import { displayName, shapesOf } from '../names';
import type { Held } from './tables';
import type { TableWords } from './words.en';

export interface CopyRow {
  readonly key: string;
  readonly address: Address;
  readonly partition: string;
  readonly node: string;
  readonly is: string;
  readonly isTrouble: boolean;
  readonly next: number;
  readonly watermark: number;
  readonly epoch: string;
  /** Records that its leader does not have. */
  readonly unlike: readonly Held[];
}

export interface CopyTable {
  readonly topic: string;
  readonly rows: readonly CopyRow[];
}

export interface TransactionRow {
  readonly address: Address;
  readonly id: string;
  readonly producer: string;
  readonly state: string;
  readonly writes: string;
}

export function copyTables(lanes: readonly Lane[], words: TableWords): CopyTable[] {
  const replicated = lanes.filter(({ replicas }) => replicas !== undefined);
  return [...new Set(replicated.map(({ place }) => place))].map((topic) => ({
    topic,
    rows: replicated.filter(({ place }) => place === topic).flatMap((lane) => copyRows(lane, words)),
  }));
}

function copyRows(lane: Lane, words: TableWords): CopyRow[] {
  return (lane.replicas ?? []).map((replica) => {
    const { address, process, logEnd, highWatermark, cells, isLeader } = replica;
    const role = roleOf(replica);
    const unlike = new Set(unlikeIn(lane, replica, cells));
    return {
      key: address,
      address: process,
      partition: words.partitionName(lane.index),
      node: displayName(process),
      is: role === 'down' && isLeader ? words.leaderDown : words.copyRole[role],
      isTrouble: role === 'down',
      next: logEnd,
      watermark: highWatermark,
      epoch: isLeader ? words.leads(lane.leaderEpoch ?? 0) : '',
      unlike: cells
        .filter(({ offset }) => unlike.has(offset))
        .map(({ face, offset }) => ({ face, where: words.at(offset) })),
    };
  });
}

export function transactionRows({ shapes, time }: View, words: TableWords): TransactionRow[] {
  return shapesOf(shapes, 'transaction').map((transaction) => ({
    address: transaction.address,
    id: transaction.transactionalId,
    producer: displayName(transaction.process),
    state: stateOf(transaction, time, words),
    writes:
      transaction.lanes
        .map((lane) => lane.slice(lane.indexOf('/') + 1).replace(/\/(\d+)$/, ' $1'))
        .join(', ') || words.none,
  }));
}

function stateOf({ state, since, until }: Transaction, now: Time, words: TableWords): string {
  if (state !== 'Ongoing' || since === null) return words.transactionState[state];
  return words.openSince(toMs(now - since), until === null ? null : toMs(until - now));
}

/** "at 5, aborted", "at 5, packer: acquired by packer B ×2". */
export function whereOf({ offset, transaction, shared = [] }: Cell, words: TableWords): string {
  const fates = shared.map(({ group, is, deliveries, process }) =>
    words.sharedFate(displayName(group), is, process === null ? null : displayName(process), deliveries),
  );
  return [words.at(offset), ...(transaction ? [words.transacted[transaction.is]] : []), ...fates].join(', ');
} // prettier-ignore
