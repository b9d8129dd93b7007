/** Messages as a queue keeps them. All of it immutable: a change puts another entry in the old one's place. */
import type { FactId } from '../../../kernel/fact';
import type { Time } from '../../../kernel/time';
import type { MessageAttributes } from '../protocol/common';
import type { Content } from '../protocol/content';

/** What was sent, for as long as the message lives, in whichever queue. */
export interface Sent {
  /** MessageId. */
  readonly id: string;
  readonly content: Content;
  readonly attributes: MessageAttributes | undefined;
  /** AWSTraceHeader. */
  readonly trace: string | undefined;
  /** MessageGroupId. */
  readonly group: string | null;
  /** MessageDeduplicationId, of FIFO queues. */
  readonly dedup: string | null;
  /** Bytes of body and attributes. */
  readonly size: number;
  readonly sentAt: Time;
  /** SenderId: the process. */
  readonly sender: string;
}

export interface Entry {
  /** Place in the order of arrival in this queue, from 0. */
  readonly sequence: number;
  readonly sent: Sent;
  /** Its retention counts from here. */
  readonly enqueuedAt: Time;
  /** Queue it was dead-lettered from. */
  readonly source: string | null;
  readonly state: 'available' | 'in flight' | 'delayed';
  /** ApproximateReceiveCount. */
  readonly receives: number;
  /** −1: never received. */
  readonly firstReceivedAt: Time;
  /** Of the latest receive; its visibility timeout ends 12 hours later at most. */
  readonly receivedAt: Time;
  /** Hidden from when, until when; −1 while it is available. */
  readonly hiddenAt: Time;
  readonly until: Time;
  /** Process that received it last. */
  readonly holder: string | null;
  /** Groups are served in the order in which their first messages became available. */
  readonly order: number;
  /** Its number stands somewhere in the ranks of a standard queue. */
  readonly isRanked: boolean;
  /** What history last said of it. */
  readonly fact: FactId;
}

/** FIFO: 20 digits, growing and not consecutive, as AWS writes them. */
export function sequenceNumber(sequence: number): string {
  return `188${String((sequence + 1) * 256).padStart(17, '0')}`;
}

/** MessageId of the n-th message a queue was sent: shaped like a UUID. */
export function messageId(queueUid: number, number: number): string {
  const low = number.toString(16).padStart(12, '0');
  return `${queueUid.toString(16).padStart(8, '0')}-5a5a-4000-8000-${low}`;
}

/** Opaque to clients. The queue's uid tells one queue from the next of the same name. */
export function receiptHandle(queueUid: number, sequence: number, receives: number): string {
  return `AQEB${queueUid.toString(36)}+${sequence.toString(36)}+${receives.toString(36)}`;
}

/** What a receipt handle says; null: it is none, or another queue's. */
export function readHandle(
  handle: string,
  queueUid: number,
): { readonly sequence: number; readonly receives: number } | null {
  if (!handle.startsWith('AQEB')) return null;
  const first = handle.indexOf('+');
  const second = handle.indexOf('+', first + 1);
  if (second < 0 || parseInt(handle.slice(4, first), 36) !== queueUid) return null;
  const sequence = parseInt(handle.slice(first + 1, second), 36);
  const receives = parseInt(handle.slice(second + 1), 36);
  return sequence >= 0 && receives >= 1 ? { sequence, receives } : null;
}
