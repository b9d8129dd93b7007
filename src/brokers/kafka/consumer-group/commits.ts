/**
 * Which commits a group of the consumer protocol takes (ConsumerGroup.java validateOffsetCommit, validateOffsetFetch). A
 * member with an older epoch may still commit a partition that it has had since then (KIP-1251).
 */
import type { ErrorCode, OffsetFetchRequest } from '../protocol';
import { placeOf, type ModernGroup } from './modern-group';

/** Why this partition's commit is not taken. */
export function commitErrorIn(
  { members }: ModernGroup,
  { generationId, memberId }: { readonly generationId: number; readonly memberId: string },
  topic: string,
  partition: number,
): ErrorCode {
  if (generationId < 0 && members.size === 0) return 'NONE';
  const member = members.get(memberId);
  if (!member) return 'UNKNOWN_MEMBER_ID';
  if (generationId === member.epoch) return 'NONE';
  if (generationId > member.epoch) return 'STALE_MEMBER_EPOCH';
  const place = placeOf(topic, partition);
  const since = member.assigned.get(place) ?? member.revoking.get(place);
  return since !== undefined && generationId >= since ? 'NONE' : 'STALE_MEMBER_EPOCH';
}

/** Why a member may not read what was committed. */
export function fetchErrorIn({ members }: ModernGroup, asking: OffsetFetchRequest['member']): ErrorCode {
  if (!asking) return 'NONE';
  const member = members.get(asking.memberId);
  if (!member) return 'UNKNOWN_MEMBER_ID';
  return member.epoch === asking.memberEpoch ? 'NONE' : 'STALE_MEMBER_EPOCH';
}
