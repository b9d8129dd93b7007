/** Transactions of a channel: what it publishes and settles takes effect when it commits, for each queue by itself. */
import type { Context } from '../../kernel/machine';
import { say } from './channels';
import type { Refusal } from './queue-type';
import type { Channel, Tx } from './state';

export function newTx(): Tx {
  return { phase: 'open', publications: [], settlements: [] };
}

/** Once every queue has said what it does with what was committed. Not null: one has refused, and the channel fails. */
export function completeTx(channel: Channel, context: Context): Refusal | null {
  const { tx } = channel;
  if (tx === null || tx.phase === 'open' || channel.unconfirmed.size > 0) return null;
  channel.confirmed = [];
  channel.refused = [];
  channel.tx = newTx();
  if (tx.phase === 'failed') return { name: 'PRECONDITION_FAILED', text: 'partial tx completion' };
  say(channel, { type: 'TxCommitOk', channel: channel.ref.channel }, context);
  return null;
}
