/** With the lock in hand: the method is run, its change told to the others, and its answer kept until they have it. */
import { handleLocked } from '../channel';
import type { ServerMethod } from '../protocol';
import { channelOf } from '../channels';
import { Port } from '../port';
import type { QueuePort } from '../queue-type';
import { isUp, nodesUp, type Clustered } from './cluster-state';
import { HoldingContext } from '../../../kernel/holding-context';
import { changeTaken, releaseLock } from './transactions';
import { tellChanges } from './changes';

export function runLocked(state: Clustered, port: QueuePort): void {
  const { transactions } = state.cluster;
  const [open] = transactions;
  // the client may have gone since
  const channel = transactions.length > 0 ? channelOf(state, open.channel) : undefined;
  if (channel?.awaiting !== open.method) {
    transactions.shift();
    return releaseLock(state, port);
  }
  const holding = new HoldingContext<ServerMethod>(port.context);
  channel.awaiting = null;
  handleLocked(state, channel, open.method, new Port(state, holding));
  channel.awaiting ??= open.method;
  const others = nodesUp(state).filter((node) => node !== state.node && isUp(state, node));
  const spreads = state.cluster.changes.length > 0;
  open.phase = 'spreading';
  open.awaits = spreads ? others : [];
  open.replies = holding.held;
  if (spreads) tellChanges(state, true, port);
  // nobody has to be waited for: done at once
  if (open.awaits.length === 0) changeTaken(state, state.node, port);
}
