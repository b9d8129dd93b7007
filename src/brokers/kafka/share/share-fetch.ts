/**
 * ShareFetch: acknowledges what it brings, then hands out records to the member, or waits for some (KafkaApis.scala
 * handleShareFetchRequest, SharePartitionManager.java fetchMessages, DelayedShareFetch.java). A partition that nobody has
 * read for the group begins as share.auto.offset.reset says. Left out: share groups on several nodes, whose state the
 * share coordinator would have to move between them (refused), share.isolation.level read_committed, a limit of sessions.
 */
import type { ConnectionId, Context, Tagged } from '../../../kernel/machine';
import { ms } from '../../../kernel/time';
import { partitionIn, topicOf, type Place } from '../consumer-group/modern-group';
import type { ErrorCode, ShareFetchRequest, ShareFetchResponse } from '../protocol';
import { partitionOf, type BrokerState } from '../state';
import { giveTurnBack, takeTurn, type Caller } from '../turns';
import { bytesFor, handOut, type HandedOut } from './hand-out';
import { lockMs } from './rules';
import { endShareSession, finalEpoch, openSession, sessionOf } from './sessions';
import { newShareState, type ParkedShareFetch, type ShareSession } from './share-state';
import { takeAcknowledgements } from './take-acknowledgements';

/** The broker's own reminder that a share fetch has waited for maxWaitMs. */
export interface ShareFetchExpired extends Tagged {
  readonly type: 'ShareFetchExpired';
  readonly connection: ConnectionId;
}

type Answered = ReadonlyMap<Place, HandedOut>;
type Errors = ReadonlyMap<Place, ErrorCode>;

export function shareFetch(
  state: BrokerState,
  request: ShareFetchRequest,
  caller: Caller,
  context: Context,
): void {
  const share = (state.share ??= newShareState());
  const session = openSession(share, request, caller);
  if (typeof session === 'string')
    return answer(state, request, caller, session, new Map(), new Map(), context);
  const errors = takeAcknowledgements(state, request, caller, context);
  if (request.shareSessionEpoch === finalEpoch) endShareSession(state, session, 'released', context);
  // who waits already is before who acknowledges
  wakeShareFetches(state, context);
  const isOver = request.shareSessionEpoch === finalEpoch || request.isRenewAck || request.maxRecords === 0;
  if (isOver || session.places.length === 0)
    answer(state, request, caller, 'NONE', new Map(), errors, context);
  else if (hasEnough(state, session, request)) complete(state, session, request, caller, errors, context);
  else park(state, request, caller, errors, context);
}

/** Records have come, or have come free: answers the share fetches that wait for them, in the order of coming. */
export function wakeShareFetches(state: BrokerState, context: Context): void {
  const { share } = state;
  if (!share || share.parked.size === 0) return;
  for (const parked of [...share.parked.values()]) {
    const session = sessionOf(share, parked.request.groupId, parked.request.memberId);
    if (session && hasEnough(state, session, parked.request)) finish(state, parked, session, context);
  }
}

/** maxWaitMs are over: answers with what there is, which is nothing or too little. */
export function shareFetchExpired(
  state: BrokerState,
  { connection }: ShareFetchExpired,
  context: Context,
): void {
  const parked = state.share?.parked.get(connection);
  if (parked) finish(state, parked, sessionOf(state.share!, parked.request.groupId, parked.request.memberId), context); // prettier-ignore
}

/** The connection is gone: nobody waits there any more, and what its members held is free again. */
export function dropShare(state: BrokerState, connection: ConnectionId, context: Context): void {
  const { share } = state;
  if (!share) return;
  const parked = share.parked.get(connection);
  if (parked) {
    context.cancel(parked.timer);
    share.parked.delete(connection);
  }
  for (const session of [...share.sessions.values()])
    if (session.connection === connection) endShareSession(state, session, 'connection lost', context);
  wakeShareFetches(state, context);
}

function hasEnough(
  state: BrokerState,
  { groupId, places }: ShareSession,
  { minBytes }: ShareFetchRequest,
): boolean {
  let bytes = 0;
  for (const place of places) bytes += bytesFor(state, groupId, place);
  return bytes > 0 && bytes >= minBytes;
}

function park(
  state: BrokerState,
  request: ShareFetchRequest,
  { cause, connection }: Caller,
  acknowledged: Errors,
  context: Context,
): void {
  const expired: ShareFetchExpired = { type: 'ShareFetchExpired', connection };
  const timer = context.after(ms(request.maxWaitMs), expired);
  state.share!.parked.set(connection, { connection, request, timer, cause, acknowledged });
  takeTurn(state, connection, true);
}

function finish(
  state: BrokerState,
  parked: ParkedShareFetch,
  session: ShareSession | undefined,
  context: Context,
): void {
  const { acknowledged, cause, connection, request, timer } = parked;
  context.cancel(timer);
  state.share!.parked.delete(connection);
  const caller = { connection, cause, sender: '' };
  if (session) complete(state, session, request, caller, acknowledged, context);
  else answer(state, request, caller, 'SHARE_SESSION_NOT_FOUND', new Map(), acknowledged, context);
  giveTurnBack(state, connection, true);
}

/** The partitions take turns in being first (PartitionRotateStrategy.java). */
function complete(
  state: BrokerState,
  session: ShareSession,
  request: ShareFetchRequest,
  caller: Caller,
  errors: Errors,
  context: Context,
): void {
  const { groupId, places } = session;
  const shift = request.shareSessionEpoch % places.length;
  const rotated = [...places.slice(shift), ...places.slice(0, shift)];
  const ready = rotated.filter((place) => bytesFor(state, groupId, place) > 0);
  const handed = new Map<Place, HandedOut>();
  const bytesMax = Math.floor(request.maxBytes / Math.max(1, ready.length));
  let recordsMax = request.maxRecords;
  for (const place of ready) {
    if (recordsMax <= 0) break;
    const out = handOut(state, session, place, request, { recordsMax, bytesMax }, context);
    recordsMax -= out.count;
    if (out.count > 0) handed.set(place, out);
  }
  answer(state, request, caller, 'NONE', handed, errors, context);
}

function answer(
  state: BrokerState,
  request: ShareFetchRequest,
  { connection }: Caller,
  errorCode: ErrorCode,
  handed: Answered,
  acknowledged: Errors,
  context: Context,
): void {
  const { correlationId, groupId } = request;
  const missing = missingPlaces(state, request);
  const places = [...new Set([...handed.keys(), ...acknowledged.keys(), ...missing])];
  const response: ShareFetchResponse = {
    ...{ type: 'ShareFetchResponse', correlationId, errorCode },
    acquisitionLockTimeoutMs: lockMs(state, groupId),
    responses: places.map((place) => ({
      topic: topicOf(place),
      partitions: [
        {
          partitionIndex: partitionIn(place),
          errorCode: missing.includes(place) ? 'UNKNOWN_TOPIC_OR_PARTITION' : 'NONE',
          acknowledgeErrorCode: acknowledged.get(place) ?? 'NONE',
          batches: handed.get(place)?.batches ?? [],
          acquiredRecords: handed.get(place)?.acquiredRecords ?? [],
        },
      ],
    })),
  };
  context.reply(connection, response);
}

/** Partitions of the session that do not exist. */
function missingPlaces(state: BrokerState, { groupId, memberId }: ShareFetchRequest): readonly Place[] {
  const session = sessionOf(state.share!, groupId, memberId);
  return session?.places.filter((place) => !partitionOf(state, topicOf(place), partitionIn(place))) ?? [];
}
