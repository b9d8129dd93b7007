/**
 * Share sessions (SharePartitionManager.java newContext, acknowledgeSessionUpdate, releaseSession): a member has one,
 * which goes with its connection, and with it go its locks. Each request has the next epoch; 0 begins anew, −1 ends it.
 */
import type { Context } from '../../../kernel/machine';
import { placeOf, type Place } from '../consumer-group/modern-group';
import { processOf } from '../join';
import type { ErrorCode, ShareAcknowledgeRequest, ShareFetchRequest } from '../protocol';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { releaseAll } from './acknowledge';
import { tellBack } from './locks';
import { deliveriesMax } from './rules';
import { shareKey, type ShareSession, type ShareState } from './share-state';

export const finalEpoch = -1;
const firstEpoch = 0;

/** The session as it is with this request. */
export function openSession(
  share: ShareState,
  request: ShareFetchRequest,
  caller: Caller,
): ShareSession | ErrorCode {
  const { forgottenTopics, groupId, memberId, shareSessionEpoch: epoch, topics } = request;
  const known = sessionOf(share, groupId, memberId);
  const named = topics.flatMap(({ partitions, topic }) =>
    partitions.map(({ partitionIndex }) => placeOf(topic, partitionIndex)),
  );
  if (epoch === firstEpoch) {
    if (hasAcknowledgements(request)) return 'INVALID_REQUEST';
    const { connection, sender } = caller;
    const session = { groupId, memberId, connection, process: processOf(sender), epoch: 1, places: named };
    share.sessions.set(memberId, session);
    return session;
  }
  if (!known) return 'SHARE_SESSION_NOT_FOUND';
  if (epoch === finalEpoch) return known;
  if (known.epoch !== epoch) return 'INVALID_SHARE_SESSION_EPOCH';
  const forgotten = new Set(
    forgottenTopics.flatMap(({ partitions, topic }) =>
      partitions.map((partition) => placeOf(topic, partition)),
    ),
  );
  const places = [...new Set([...known.places, ...named])].filter((place) => !forgotten.has(place));
  const session = { ...known, epoch: epoch + 1, places };
  share.sessions.set(memberId, session);
  return session;
}

/** An acknowledgement goes on with a session that is there. */
export function goOn(share: ShareState, request: ShareAcknowledgeRequest): ErrorCode {
  const { groupId, memberId, shareSessionEpoch: epoch } = request;
  if (epoch === firstEpoch) return 'INVALID_SHARE_SESSION_EPOCH';
  const known = sessionOf(share, groupId, memberId);
  if (!known) return 'SHARE_SESSION_NOT_FOUND';
  if (epoch === finalEpoch) return 'NONE';
  if (known.epoch !== epoch) return 'INVALID_SHARE_SESSION_EPOCH';
  share.sessions.set(memberId, { ...known, epoch: epoch + 1 });
  return 'NONE';
}

/** The session is over, and with it all that its member holds. The places where something came free. */
export function endShareSession(
  state: BrokerState,
  { groupId, memberId, places }: ShareSession,
  why: string,
  context: Context,
): readonly Place[] {
  const share = state.share!;
  share.sessions.delete(memberId);
  return places.filter((place) => {
    const partition = share.partitions.get(shareKey(groupId, place));
    if (!partition) return false;
    const changes = releaseAll(partition, memberId, deliveriesMax(state, groupId));
    tellBack(state, partition, changes, why, context);
    return changes.length > 0;
  });
}

export function sessionOf(
  { sessions }: ShareState,
  groupId: string,
  memberId: string,
): ShareSession | undefined {
  const known = sessions.get(memberId);
  return known?.groupId === groupId ? known : undefined;
}

export function hasAcknowledgements({ topics }: Pick<ShareFetchRequest, 'topics'>): boolean {
  return topics.some(({ partitions }) => partitions.some((each) => each.acknowledgementBatches.length > 0));
}
