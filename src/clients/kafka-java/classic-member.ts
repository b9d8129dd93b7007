/** A member of a classic group, and how it falls out of it (AbstractCoordinator.java). */
import type { Assignment, JoinGroupResponse } from '../../brokers/kafka/protocol';
import type { Time } from '../../kernel/time';
import type { Thrown } from './exceptions';
import type { MemberBase } from './membership';

export interface ClassicMember extends MemberBase {
  readonly is: 'classic';
  /** Assignor that the group has chosen; null: none. */
  protocol: string | null;
  rejoinNeeded: boolean;
  /** Before it joins it has to commit and to give things up. */
  needsPrepare: boolean;
  preparing: Preparing | null;
  /** The join under way. Its end waits until the application polls. null: none. */
  joining: Joining | null;
  /** A join that failed is not tried again before. */
  joinAt: Time;
  /** A leader that waits for metadata before it deals; null: none does. */
  leading: JoinGroupResponse | null;
  isLeader: boolean;
  /** What was subscribed to when it last asked to join; null: it never has. */
  joinedTopics: readonly string[] | null;
  /** Number of partitions by topic when it dealt them out; null: it did not. */
  dealt: ReadonlyMap<string, number> | null;
  /** What the sticky assignor was told last; null: nothing. */
  previous: { readonly assignment: Assignment; readonly generation: number } | null;
  /** Heartbeats go out by themselves. */
  beats: boolean;
  beatAt: Time;
  beatAttempts: number;
  /** The coordinator is given up as lost then. */
  sessionUntil: Time;
  /** The group is left then unless somebody polls. */
  pollUntil: Time;
}

/** The commit before a rebalance. */
export interface Preparing {
  readonly since: Time;
  readonly commit: 'due' | 'waiting' | 'done';
  readonly retryAt: Time;
}

export type Joining =
  | { readonly is: 'waiting' }
  | { readonly is: 'joined'; readonly assignment: Assignment }
  /** `thrown`: what poll throws; null: it is tried again, at once or a little later. */
  | { readonly is: 'failed'; readonly thrown: Thrown | null; readonly atOnce: boolean };

const none = { generation: -1, memberId: '' };

export function newClassicMember(now: Time): ClassicMember {
  return {
    ...{ is: 'classic', memberId: '', generation: -1, standing: 'unjoined', known: none, failure: null },
    ...{ protocol: null, rejoinNeeded: true, needsPrepare: true, preparing: null, joining: null, joinAt: 0 },
    ...{ leading: null, isLeader: false, joinedTopics: null, dealt: null, previous: null },
    ...{ beats: false, beatAt: now, beatAttempts: 0, sessionUntil: Infinity, pollUntil: Infinity },
  };
}

/** It is out: it has to join again, as somebody new unless it may keep its id (resetStateAndRejoin). */
export function fallOut(member: ClassicMember, losesId: boolean): void {
  member.standing = 'unjoined';
  member.generation = -1;
  member.protocol = null;
  if (losesId) member.memberId = '';
  member.rejoinNeeded = true;
  member.needsPrepare = true;
}

/** The same membership as when this was sent. */
export function isUnchanged(
  { generation, memberId }: ClassicMember,
  sent: { readonly generation: number; readonly memberId: string },
): boolean {
  return generation === sent.generation && memberId === sent.memberId;
}
