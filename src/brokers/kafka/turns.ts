/**
 * A broker handles the requests of one connection one at a time: while a request has no answer yet, the socket is
 * muted and the next one waits (SocketServer.scala, selector.mute). So whatever a client sends behind a parked
 * JoinGroup waits with it. Clients open two connections to a broker, so that a fetch that waits for data holds up
 * nothing else (kafkajs network/connectionPool.js: one for fetches, one for the rest; Java: one of its own for the
 * coordinator). Here both share one connection, which therefore has two turns: one for fetches, one for the rest.
 */
import type { ConnectionId, Context } from '../../kernel/machine';
import type { KafkaRequest } from './protocol';
import type { BrokerState, WaitingRequest } from './state';

/** Who asks. The context is one, for a request that is handled when it arrives. */
export type Caller = Pick<Context, 'connection' | 'sender' | 'cause'>;

const nobody: readonly WaitingRequest[] = [];

/** Whether a request that just arrived must wait; if so it is kept for later. */
export function waitsItsTurn(state: BrokerState, request: KafkaRequest, caller: Caller): boolean {
  if (state.turns.size === 0) return false;
  const turn = turnOf(caller.connection, isFetching(request));
  const waiting = state.turns.get(turn);
  if (waiting === undefined) return false;
  const { connection, sender, cause } = caller;
  state.turns.set(turn, [...waiting, { request, connection, sender, cause }]);
  return true;
}

/** Requests of a client's connection to the leader: whatever waits for data, and what is acknowledged beside it. */
function isFetching({ type }: KafkaRequest): boolean {
  return type === 'FetchRequest' || type === 'ShareFetchRequest' || type === 'ShareAcknowledgeRequest';
}

/** A request is parked: what follows it on its connection waits. */
export function takeTurn(state: BrokerState, connection: ConnectionId, isFetch: boolean): void {
  state.turns.set(turnOf(connection, isFetch), nobody);
}

/** The request's answer is ready and waits for something: whoever follows goes on waiting, also if its turn was just given back. */
export function keepTurn(state: BrokerState, connection: ConnectionId): void {
  const turn = turnOf(connection, false);
  const freed = state.freed.indexOf(turn);
  if (freed >= 0) state.freed.splice(freed, 1);
  if (!state.turns.has(turn)) state.turns.set(turn, nobody);
}

/** The parked request is answered (or its connection gone). What waited is handled at the end of the present command. */
export function giveTurnBack(state: BrokerState, connection: ConnectionId, isFetch: boolean): void {
  const turn = turnOf(connection, isFetch);
  if (state.turns.has(turn)) state.freed.push(turn);
}

/** Handles what waited for turns that were given back, in order, until one of them is parked in its place. */
export function handleFreed(state: BrokerState, handle: (waiting: WaitingRequest) => void): void {
  for (let turn = state.freed.shift(); turn !== undefined; turn = state.freed.shift()) {
    const waiting = state.turns.get(turn) ?? nobody;
    state.turns.delete(turn);
    for (let index = 0; index < waiting.length; index++) {
      if (state.turns.has(turn)) {
        state.turns.set(turn, waiting.slice(index));
        break;
      }
      handle(waiting[index]);
    }
  }
}

/** What waited to fetch on a connection that is gone is forgotten with it. */
export function forgetFetches(state: BrokerState, connection: ConnectionId): void {
  state.turns.delete(turnOf(connection, true));
}

function turnOf(connection: ConnectionId, isFetch: boolean): number {
  return connection * 2 + (isFetch ? 1 : 0);
}
