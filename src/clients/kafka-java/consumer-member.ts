/** A member of a group of the consumer protocol (KIP-848), as its consumer knows itself (AbstractMembershipManager.java). */
import type { Assignment } from '../../brokers/kafka/protocol';
import type { Duration, Time } from '../../kernel/time';
import type { MemberBase } from './membership';

export interface ConsumerMember extends MemberBase {
  readonly is: 'consumer';
  /** 'fenced', 'gone': it has lost what it had, and joins anew when it polls; 'fatal': it never does. */
  phase: 'out' | 'joining' | 'in' | 'fenced' | 'gone' | 'fatal';
  /** What it was assigned and has not followed yet; null: nothing. */
  target: Assignment | null;
  /** It has followed an assignment since it joined. */
  hasFollowed: boolean;
  /** The commit before it follows. */
  commit: 'due' | 'waiting' | 'done';
  /** What the coordinator was told last; null: has to be told again. */
  toldTopics: string | null;
  toldOwned: string | null;
  beatAt: Time;
  interval: Duration;
  attempts: number;
  /** The group is left then unless somebody polls. */
  pollUntil: Time;
}

const none = { generation: -1, memberId: '' };

export function newConsumerMember(now: Time): ConsumerMember {
  return {
    ...{ is: 'consumer', memberId: '', generation: -1, standing: 'unjoined', known: none, failure: null },
    ...{ phase: 'out', target: null, hasFollowed: false, commit: 'due', toldTopics: null, toldOwned: null },
    ...{ beatAt: now, interval: 0, attempts: 0, pollUntil: Infinity },
  };
}

/** It is out, and nothing it was told counts any more. */
export function dropOut(member: ConsumerMember, phase: ConsumerMember['phase']): void {
  Object.assign(member, { phase, standing: 'unjoined', generation: -1, target: null, hasFollowed: false });
  Object.assign(member, { commit: 'due', toldTopics: null, toldOwned: null });
}
