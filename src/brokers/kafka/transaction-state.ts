/** What the coordinator knows of one transactional id. */
import type { TimerId } from '../../kernel/machine';
import type { Duration, Time } from '../../kernel/time';

export interface Transaction {
  readonly transactionalId: string;
  /** Process that asked for its id last, for the picture: the real coordinator does not keep it. */
  process: string;
  readonly producerId: number;
  epoch: number;
  timeout: Duration;
  /** The Prepare states last only where markers are written by other nodes. */
  state: 'Empty' | 'Ongoing' | 'PrepareCommit' | 'PrepareAbort' | 'CompleteCommit' | 'CompleteAbort';
  /** Of the open transaction, in the order in which they were added. */
  partitions: readonly { readonly topic: string; readonly index: number }[];
  groups: readonly string[];
  startedAt: Time;
  timer: TimerId | null;
  /** Other nodes were asked for their markers; absent: not, or all have been written. */
  markersAsked?: true;
  /** Nodes that owe an answer about its markers, and since when; absent: none. */
  owing?: ReadonlyMap<number, Time>;
}

/** Whether a producer may write to the partition in a transaction: it has said so before (KIP-890's verification). */
export function isInTransaction(
  transactions: ReadonlyMap<string, Transaction> | undefined,
  producerId: number,
  topic: string,
  index: number,
): boolean {
  for (const transaction of transactions?.values() ?? [])
    if (transaction.producerId === producerId)
      return (
        transaction.state === 'Ongoing' &&
        transaction.partitions.some((one) => one.topic === topic && one.index === index)
      );
  return false;
}

export function cloneTransactions(
  transactions: ReadonlyMap<string, Transaction>,
): ReadonlyMap<string, Transaction> {
  return new Map([...transactions].map(([id, transaction]) => [id, { ...transaction }]));
}
