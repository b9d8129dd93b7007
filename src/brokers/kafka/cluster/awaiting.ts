/**
 * Answers that are ready and wait until enough replicas have what they speak of (DelayedProduce.java, Partition.scala
 * checkEnoughReplicasReachOffset; DelayedDeleteRecords.java; the coordinators' writes wait in the same way, CoordinatorRuntime.java). While one
 * waits, its connection waits with it.
 */
import type { ConnectionId, Context, Tagged, TimerId } from '../../../kernel/machine';
import { ms } from '../../../kernel/time';
import { partitionOf } from '../state';
import type { DeleteRecordsResponse, ErrorCode, ProduceResponse, Response } from '../protocol';
import { giveTurnBack, keepTurn } from '../turns';
import type { Clustered } from './cluster-state';
import { withError } from './refusal';
import { inSync, lowWatermark, minInSync } from './replication';

/** The broker's own reminder that an answer has waited for as long as its producer allows. */
export interface AwaitedTooLong extends Tagged {
  readonly type: 'AwaitedTooLong';
  readonly id: number;
}

/** Immutable. */
export interface Awaited {
  readonly id: number;
  readonly connection: ConnectionId;
  readonly response: Response;
  readonly places: readonly AwaitedPlace[];
  /** null: it waits for as long as it takes. */
  readonly timer: TimerId | null;
}

export interface AwaitedPlace {
  readonly topic: string;
  readonly index: number;
  /** The high watermark has to be here; or, of records that are deleted, the log start of every replica that is up. */
  readonly end: number;
  readonly isDeletion?: true;
  readonly leaderEpoch: number;
}

type Verdict = ErrorCode | 'pending';

export function awaitReplicas(
  state: Clustered,
  {
    connection,
    response,
    places,
    timeoutMs,
  }: Omit<Awaited, 'id' | 'timer'> & { readonly timeoutMs: number | null },
  context: Context,
): void {
  const { cluster } = state;
  const id = ++cluster.lastAwaited;
  const tooLong: AwaitedTooLong = { type: 'AwaitedTooLong', id };
  const timer = timeoutMs === null ? null : context.after(ms(timeoutMs), tooLong);
  const awaited: Awaited = { id, connection, response, places, timer };
  cluster.awaited = new Map(cluster.awaited).set(id, awaited);
  keepTurn(state, connection);
  tryAnswer(state, awaited, context);
}

/** A high watermark has moved, or a leader has changed: answers what waits for nothing any more. */
export function answerAwaited(state: Clustered, context: Context): void {
  for (const awaited of state.cluster.awaited.values()) tryAnswer(state, awaited, context);
}

export function awaitedTooLong(state: Clustered, { id }: AwaitedTooLong, context: Context): void {
  const awaited = state.cluster.awaited.get(id);
  if (awaited)
    answer(state, awaited, (verdict) => (verdict === 'pending' ? 'REQUEST_TIMED_OUT' : verdict), context);
}

/** Nobody is there any more to be answered. */
export function dropAwaited(state: Clustered, connection: ConnectionId, context: Context): void {
  for (const awaited of state.cluster.awaited.values())
    if (awaited.connection === connection) forget(state, awaited, context);
}

function tryAnswer(state: Clustered, awaited: Awaited, context: Context): void {
  if (awaited.places.some((place) => verdictOn(state, place) === 'pending')) return;
  answer(state, awaited, (verdict) => (verdict === 'pending' ? 'NONE' : verdict), context);
}

function answer(
  state: Clustered,
  awaited: Awaited,
  decide: (verdict: Verdict) => ErrorCode,
  context: Context,
): void {
  const { connection, places, response } = awaited;
  const errors = places.map((place) => ({ place, error: decide(verdictOn(state, place)) }));
  forget(state, awaited, context);
  context.reply(connection, withErrors(response, errors));
  giveTurnBack(state, connection, false);
}

function forget({ cluster }: Clustered, { id, timer }: Awaited, context: Context): void {
  if (timer !== null) context.cancel(timer);
  const awaited = new Map(cluster.awaited);
  awaited.delete(id);
  cluster.awaited = awaited;
}

function verdictOn(state: Clustered, { topic, index, end, leaderEpoch, isDeletion }: AwaitedPlace): Verdict {
  const partition = partitionOf(state, topic, index);
  const replication = partition?.replication;
  if (!partition || replication?.role !== 'leader' || replication.image.leaderEpoch !== leaderEpoch)
    return 'NOT_LEADER_OR_FOLLOWER';
  if (isDeletion) return lowWatermark(partition, upIn(state)) < end ? 'pending' : 'NONE';
  if (partition.highWatermark < end) return 'pending';
  return inSync(partition) < minInSync(partition) ? 'NOT_ENOUGH_REPLICAS_AFTER_APPEND' : 'NONE';
}

function upIn({ cluster }: Clustered): (node: number) => boolean {
  return (nodeId) => cluster.image.nodes.some((node) => node.nodeId === nodeId && !node.isFenced);
}

interface PlaceError {
  readonly place: AwaitedPlace;
  readonly error: ErrorCode;
}

function withErrors(response: Response, errors: readonly PlaceError[]): Response {
  if (response.type === 'DeleteRecordsResponse') return deletionsAnswer(response as DeleteRecordsResponse, errors); // prettier-ignore
  if (response.type !== 'ProduceResponse') return coordinatorsAnswer(response, errors);
  const { responses, ...rest } = response as ProduceResponse;
  const answered: ProduceResponse = {
    ...rest,
    responses: responses.map(({ name, partitionResponses }) => ({
      name,
      partitionResponses: partitionResponses.map((one) => {
        const wrong = errors.find(({ place, error }) => error !== 'NONE' && place.topic === name && place.index === one.index); // prettier-ignore
        return wrong ? { ...one, errorCode: wrong.error, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 } : one; // prettier-ignore
      }),
    })),
  };
  return answered;
}

function deletionsAnswer(
  { topics, ...rest }: DeleteRecordsResponse,
  errors: readonly PlaceError[],
): DeleteRecordsResponse {
  return {
    ...rest,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((one) => {
        const wrong = errors.find(({ place, error }) => error !== 'NONE' && place.topic === name && place.index === one.partitionIndex); // prettier-ignore
        return wrong ? { ...one, errorCode: wrong.error, lowWatermark: -1 } : one;
      }),
    })),
  };
}

/** Not every write of a coordinator's came through: what it decided is not so (CoordinatorOperationExceptionHelper.java). */
function coordinatorsAnswer(response: Response, errors: readonly PlaceError[]): Response {
  const wrong = errors.find(({ error }) => error !== 'NONE')?.error;
  if (wrong === undefined) return response;
  const isGone = wrong === 'NOT_LEADER_OR_FOLLOWER';
  return withError(response, isGone ? 'NOT_COORDINATOR' : 'COORDINATOR_NOT_AVAILABLE');
}
