/** One produce request on its way to one broker: at once, or in its turn and into its transaction first. */
import type {
  AddPartitionsToTxnResponse,
  FindCoordinatorResponse,
  ProduceRequest,
} from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ask, clientIdOf, hostOf, nextCorrelationId, type InFlight } from './cluster';
import {
  addedBy,
  askForCoordinator,
  askToAdd,
  giveBack,
  nextInLine,
  notAdded,
  noteAsked,
  turnOf,
  numbered,
  type Eos,
  type Turn,
} from './eos';
import { protocolFailure, type Failure } from './failure';
import type { Producer, Send } from './producer-state';

/** Its turn has come: into the transaction first, where there is one. */
export function take(state: Producer, eos: Eos, turn: Turn, context: Context): void {
  const isNew = eos.transactionalId !== null && notAdded(eos, turn.topicData).length > 0;
  if (isNew) return askForCoordinator(state, eos, turn, context);
  produceInTurn(state, eos, turn, context);
}

function produceInTurn(state: Producer, eos: Eos, turn: Turn, context: Context): void {
  const send = state.sends.get(turn.send);
  // the call has failed meanwhile by another of its requests; this one goes out all the same
  const { acks = -1, timeoutMs } = send ?? {};
  request(state, { ...turn, acks, timeoutMs, topicData: numbered(eos, turn.topicData) }, eos, context);
}

/** What an idempotent send asked for on its way has come: where the coordinator is, or that partitions were added. */
export function eosAnswered(
  state: Producer,
  waiting: InFlight,
  response: FindCoordinatorResponse | AddPartitionsToTxnResponse,
  context: Context,
): Failure | null {
  const eos = state.eos?.transactional;
  const turn = eos && turnOf(eos, waiting);
  if (!eos || !turn) return null;
  if (response.type === 'FindCoordinatorResponse') {
    if (response.errorCode !== 'NONE') return protocolFailure(response.errorCode);
    askToAdd(state, eos, turn, response.host, context);
    return null;
  }
  const failure = addedBy(eos, waiting, response.results);
  if (!failure) produceInTurn(state, eos, turn, context);
  return failure;
}

/** A request is over, well or badly: the next one's turn has come. */
export function leaveLine(state: Producer, waiting: InFlight, context: Context, failed = false): void {
  const { idempotent, transactional } = state.eos ?? {};
  const eos = [idempotent, transactional].find((one) => one && turnOf(one, waiting));
  const turn = eos && turnOf(eos, waiting);
  if (!eos || !turn) return;
  const { request: asked } = waiting;
  if (failed && asked.type === 'ProduceRequest') giveBack(eos, asked.topicData);
  const next = nextInLine(eos, turn.nodeId);
  if (next) take(state, eos, next, context);
}

export function eosOf({ eos }: Producer, send: Send): Eos | undefined {
  return send.eos && eos?.[send.eos];
}

export function produce(
  state: Producer,
  send: Send,
  nodeId: number,
  topicData: ProduceRequest['topicData'],
  context: Context,
): void {
  if (send.acks !== 0) send.waiting++;
  const { id, attempt, acks, timeoutMs } = send;
  request(state, { send: id, attempt, nodeId, topicData, acks, timeoutMs }, null, context);
}

function request(
  state: Producer,
  turn: Turn & Pick<Send, 'acks'> & { readonly timeoutMs: number | undefined },
  eos: Eos | null,
  context: Context,
): void {
  const { cluster, options } = state;
  const { send, attempt, nodeId, topicData, acks } = turn;
  const produceRequest: ProduceRequest = {
    type: 'ProduceRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    acks,
    timeoutMs: turn.timeoutMs ?? options.timeoutMs,
    transactionalId: eos?.transactionalId ?? null,
    topicData,
  };
  const host = hostOf(cluster, nodeId);
  if (acks === 0) return context.send(host, produceRequest);
  if (eos) noteAsked(eos, turn, produceRequest);
  ask(cluster, context, host, produceRequest, send, attempt);
}
