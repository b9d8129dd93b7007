/**
 * Times of members whose assignments the broker makes: the session, which every heartbeat begins anew, and the time a
 * member has to give up what it is told to (its rebalance timeout). They stand beside the group, since what is written
 * down has none: who finds a group in __consumer_offsets gives each member a session to be heard of.
 */
import type { Context, Tagged, TimerId } from '../../../kernel/machine';
import { ms, type Time } from '../../../kernel/time';
import type { Group } from '../group';

/** The broker's own reminder that a member may have been silent for its session timeout. */
export interface MemberSilent extends Tagged {
  readonly type: 'MemberSilent';
  readonly groupId: string;
  readonly memberId: string;
}

/** The broker's own reminder that a member has had its rebalance timeout to give partitions up. */
export interface RevocationTimedOut extends Tagged {
  readonly type: 'RevocationTimedOut';
  readonly groupId: string;
  readonly memberId: string;
  /** Of the member when it was told. */
  readonly epoch: number;
}

/** Immutable. */
export interface MemberTimes {
  readonly silent: TimerId;
  /** When that timer goes off: earlier than needed, when a heartbeat came since. */
  readonly silentAt: Time;
  readonly expiresAt: Time;
  readonly revocation: TimerId | null;
}

export function keepMember(group: Group, memberId: string, timeoutMs: number, context: Context): void {
  const times = group.times?.get(memberId);
  const expiresAt = context.now + ms(timeoutMs);
  if (times && times.silentAt <= expiresAt) return put(group, memberId, { ...times, expiresAt });
  if (times) context.cancel(times.silent);
  put(group, memberId, {
    ...silentAt(group, memberId, expiresAt, context),
    revocation: times?.revocation ?? null,
  });
}

/** false: it was heard of since the timer was set, and has the rest of its session left. */
export function isSilent(group: Group, memberId: string, context: Context): boolean {
  const times = group.times?.get(memberId);
  if (!times || times.expiresAt <= context.now) return true;
  put(group, memberId, { ...times, ...silentAt(group, memberId, times.expiresAt, context) });
  return false;
}

/** Begins the time to give up anew, or ends it. */
export function timeRevocation(
  group: Group,
  { memberId, epoch, rebalanceTimeoutMs }: { memberId: string; epoch: number; rebalanceTimeoutMs: number },
  isRevoking: boolean,
  context: Context,
): void {
  const times = group.times!.get(memberId)!;
  if (times.revocation !== null) context.cancel(times.revocation);
  const command: RevocationTimedOut = { type: 'RevocationTimedOut', groupId: group.groupId, memberId, epoch };
  const revocation = isRevoking ? context.after(ms(rebalanceTimeoutMs), command) : null;
  put(group, memberId, { ...times, revocation });
}

export function forgetTimes(group: Group, memberId: string, context: Context): void {
  const times = group.times?.get(memberId);
  if (!times) return;
  context.cancel(times.silent);
  if (times.revocation !== null) context.cancel(times.revocation);
  const rest = new Map(group.times);
  rest.delete(memberId);
  group.times = rest;
}

function silentAt(
  { groupId }: Group,
  memberId: string,
  expiresAt: Time,
  context: Context,
): Pick<MemberTimes, 'silent' | 'silentAt' | 'expiresAt'> {
  const command: MemberSilent = { type: 'MemberSilent', groupId, memberId };
  return { silent: context.after(expiresAt - context.now, command), silentAt: expiresAt, expiresAt };
}

function put(group: Group, memberId: string, times: MemberTimes): void {
  group.times = new Map(group.times).set(memberId, times);
}
