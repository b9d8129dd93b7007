/** How transactions look: in whose transaction a record was written, where markers lie, and what a coordinator knows. */
import type { Cell, Marker, Transaction as TransactionShape } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import type { Partition } from './partition';
import { lastStableOffset } from './producers';
import type { StoredBatch } from './protocol';
import type { BrokerState } from './state';
import { abortedAt } from './transactions';

/** How a record came to be in the log; undefined: in no transaction. */
export function transactionOf(
  state: BrokerState,
  { producers, aborted }: Partition,
  { isTransactional, producerId, baseOffset }: StoredBatch,
): Cell['transaction'] {
  if (!isTransactional) return undefined;
  const start = producers?.get(producerId)?.transactionStart ?? null;
  const isAborted = aborted?.some(
    (one) => one.producerId === producerId && one.firstOffset <= baseOffset && baseOffset < one.lastOffset,
  );
  const is = start !== null && start <= baseOffset ? 'open' : isAborted ? 'aborted' : 'committed';
  return { producer: producerName(state, producerId), is };
}

/** What a lane shows besides its records once a transaction has written to it; nothing before. */
export function transactionsIn(
  state: BrokerState,
  partition: Partition,
  from: number,
  to: number,
): { readonly lastStable?: number; readonly markers?: readonly Marker[] } {
  if (!hasTransactions(state, partition)) return {};
  const { log } = partition;
  const markers: Marker[] = [];
  for (let index = log.findFirst(({ lastOffset }) => lastOffset >= from); index < log.end; index++) {
    const { baseOffset: offset, control, producerId } = log.at(index)!;
    if (offset >= to) break;
    if (control !== undefined)
      markers.push({ offset, is: control, producer: producerName(state, producerId) });
  }
  return { lastStable: lastStableOffset(partition), markers };
}

export function transactionShapes(state: BrokerState, now: Time): TransactionShape[] {
  return [...(state.transactions?.values() ?? [])].map((transaction) => {
    const { transactionalId, process, producerId, epoch, partitions, groups, startedAt } = transaction;
    const isOpen = transaction.state === 'Ongoing';
    return {
      shape: 'transaction',
      address: `${state.name}/transaction/${transactionalId}`,
      ...{ transactionalId, process, producerId, epoch, groups },
      state: transaction.state,
      lanes: partitions.map(({ topic, index }) => `${state.name}/${topic}/${index}`),
      since: isOpen ? startedAt : null,
      until: isOpen ? abortedAt(transaction, now) : null,
    };
  });
}

/** Somebody with a transactional id has written here, were it only the marker. */
function hasTransactions({ transactions }: BrokerState, { producers }: Partition): boolean {
  if (!producers) return false;
  for (const { producerId } of transactions?.values() ?? []) if (producers.has(producerId)) return true;
  return false;
}

function producerName({ transactions }: BrokerState, producerId: number): string {
  for (const transaction of transactions?.values() ?? [])
    if (transaction.producerId === producerId) return transaction.transactionalId;
  return String(producerId);
}
