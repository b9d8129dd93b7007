/** What an inspector shows of a node and of a transaction: small plain data of one instant. */
import type { Address, Lane, Shape, Transaction } from '../kernel/shape';
import type { NodeInspection, TransactionInspection } from './host';

/** Null where no copy lies on a node of that name. */
export function nodeIn(address: Address, shapes: readonly Shape[]): NodeInspection | null {
  const copies = lanesIn(shapes).flatMap(({ address: lane, place, index, logEnd, replicas = [] }) =>
    replicas
      .filter(({ process }) => process === address)
      .map((replica) => ({ lane, place, index, logEnd, replica: { ...replica, cells: [] } })),
  );
  if (copies.length === 0) return null;
  return { of: 'node', name: address, isUp: copies[0].replica.isUp, copies };
}

export function transactionIn(transaction: Transaction, shapes: readonly Shape[]): TransactionInspection {
  const lanes = lanesIn(shapes)
    .filter(({ address }) => transaction.lanes.includes(address))
    .map(({ address, place, index, logEnd, lastStable = logEnd }) => ({
      ...{ address, place, index, logEnd, lastStable },
    }));
  return { of: 'transaction', transaction, lanes };
}

function lanesIn(shapes: readonly Shape[]): readonly Lane[] {
  return shapes.filter((shape) => shape.shape === 'lane');
}
