/**
 * Session timers of group members. A heartbeat moves the deadline and leaves the timer where it is; a timer that goes
 * off too early is set again for the rest. So a group that beats every three seconds costs one timer a session.
 */
import type { Context, Tagged } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import type { Group, Member, PendingMember, Session } from './group';

/** The broker's own reminder that a member may have been silent for its session timeout. */
export interface SessionTimedOut extends Tagged {
  readonly type: 'SessionTimedOut';
  readonly groupId: string;
  readonly memberId: string;
}

/** The member was heard of: it has `timeoutMs` from now until it is given up. */
export function keepAlive(
  { groupId }: Group,
  member: Member | PendingMember,
  timeoutMs: number,
  context: Context,
): void {
  const { session } = member;
  const expiresAt = context.now + ms(timeoutMs);
  if (session !== null && session.timerAt <= expiresAt) {
    member.session = { timer: session.timer, timerAt: session.timerAt, expiresAt };
    return;
  }
  endSession(member, context);
  member.session = newSession(groupId, member.memberId, expiresAt, context);
}

/** false: the timer went off too early and is set again. true: the session is over. */
export function hasExpired({ groupId }: Group, member: Member | PendingMember, context: Context): boolean {
  const { session } = member;
  member.session = null;
  if (session === null || session.expiresAt <= context.now) return true;
  member.session = newSession(groupId, member.memberId, session.expiresAt, context);
  return false;
}

/** The member left: nothing is waited for any more. */
export function endSession(member: Member | PendingMember, context: Context): void {
  if (member.session !== null) context.cancel(member.session.timer);
  member.session = null;
}

function newSession(groupId: string, memberId: string, expiresAt: number, context: Context): Session {
  const command: SessionTimedOut = { type: 'SessionTimedOut', groupId, memberId };
  return { timer: context.after(expiresAt - context.now, command), timerAt: expiresAt, expiresAt };
}
