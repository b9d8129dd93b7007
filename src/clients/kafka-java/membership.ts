/**
 * How a consumer is in a group: by the classic protocol (classic-membership.ts) or by the consumer protocol of KIP-848
 * (consumer-membership.ts). One
 * such way is a file that exports a Membership, and a state of its own among `Member`, plain data that is copied one level
 * deep. memberships.ts knows them all; the rest of the consumer knows only what is said here.
 */
import type { KafkaResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { ClassicMember } from './classic-member';
import type { ConsumerMember } from './consumer-member';
import type { ConsumerState } from './consumer-state';
import type { Thrown } from './exceptions';
import type { Waiting } from './wire';

/** What every kind of member has. */
export interface MemberBase {
  /** '': none. */
  memberId: string;
  /** Generation, or member epoch; −1: none. Goes with commits and is checked by the coordinator. */
  generation: number;
  /** Only who is stable may commit; who is on the way is told that the group is rebalancing, who is out that it has failed. */
  standing: 'unjoined' | 'preparing' | 'completing' | 'stable';
  /** As the application is told (groupMetadata). Replaced, never changed. */
  known: { readonly generation: number; readonly memberId: string };
  /** What the next poll throws; null: nothing. */
  failure: Thrown | null;
}

export type Member = ClassicMember | ConsumerMember;

/** Throws JavaError where the application's call is to throw. */
export interface Membership {
  /** Of a consumer that has subscribed for the first time. */
  newMember(now: Time): Member;
  /** What a call of poll does for the group; false: nothing else is to be done for positions and commits yet. */
  poll(state: ConsumerState, context: Context): boolean;
  /** What is done without a call: heartbeats, and leaving when nobody polls. */
  beat(state: ConsumerState, context: Context): void;
  /** Answers are looked at although no call waits for any. */
  isReading(state: ConsumerState): boolean;
  /** Times at which `poll` or `beat` may have something to do. Those that are past count for nothing. */
  dues(state: ConsumerState): readonly Time[];
  /** An answer to one of its own requests (anything the rest of the consumer does not know). */
  answered(state: ConsumerState, waiting: Waiting, response: KafkaResponse, context: Context): void;
  /** One of its own requests will not be answered. */
  lost(state: ConsumerState, waiting: Waiting, context: Context): void;
  /** The coordinator did not take a commit: what the one who waits for it is told. */
  commitRefused(state: ConsumerState, waiting: Waiting, code: string, context: Context): Thrown;
  /** Says goodbye as the kind of member does, and gives everything up. */
  leave(state: ConsumerState, context: Context): void;
}
