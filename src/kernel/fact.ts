import type { MessageId } from './bodies';
import type { Time } from './time';

/** Position of a fact in its history, from 0. Ids have no gaps and are the same with and without a trace. */
export type FactId = number;

/** "Nothing led to this." */
export const noCause: FactId = -1;

/** The one list of kinds (design.md, glossary). A broker's own word goes into `type`. */
export const factKinds = [
  'requested', 'responded', 'failed', 'refused', 'timedOut',
  'persisted', 'read',
  'published', 'accepted', 'confirmed', 'returned',
  'routed', 'unroutable', 'evicted', 'expired',
  'delivered', 'redelivered', 'hidden', 'settled', 'rejected', 'sought', 'rebalanced', 'elected', 'truncated',
  'deadLettered', 'redriven',
  'applied', 'skipped', 'parked', 'outdated', 'projected', 'snapshotted',
  'compensated', 'alerted',
  'schemaRejected', 'decodeFailed',
  'lost', 'duplicated', 'delayed', 'cut', 'healed', 'crashed', 'restarted',
  'changed',
] as const; // prettier-ignore

export type FactKind = (typeof factKinds)[number];

/** A kind together with the broker's own name for what happened. Declared once, as a module constant. */
export interface FactType {
  readonly kind: FactKind;
  /** Past tense, PascalCase, the broker's word: "OffsetCommitted". */
  readonly name: string;
  /** Index in the order of declaration. Only a cache key: never stored, hashed or shown. */
  readonly index: number;
}

const declared: FactType[] = [];

/** Declares a fact type, e.g. `factType('settled', 'OffsetCommitted')`. The same pair gives the same object. */
export function factType(kind: FactKind, name: string): FactType {
  const known = declared.find((type) => type.kind === kind && type.name === name);
  if (known) return known;
  const type = Object.freeze({ kind, name, index: declared.length });
  declared.push(type);
  return type;
}

/** What a machine says happened. Kernel adds id, time and process. */
export interface NewFact {
  readonly is: FactType;
  /** Address of the thing it happened to: "kafka/shop-events/0", "search-index". */
  readonly subject: string;
  readonly message?: MessageId;
  /** Offset, delivery tag: where in the subject. */
  readonly position?: number;
  /** A count, an attempt number, a previous position: whatever the type says. Whole number, 32 bits. */
  readonly amount?: number;
  /** Consumer group, queue consumer: on whose behalf. */
  readonly group?: string;
  /** Rare extra words: an error code, an assignment, a knob's new value. */
  readonly detail?: string;
  readonly cause?: FactId;
}

/** A row of history, as read back. Absent numbers are -1 (message, position, cause) or 0 (amount), absent words ''. */
export interface Fact {
  readonly id: FactId;
  readonly time: Time;
  readonly process: string;
  readonly kind: FactKind;
  readonly type: string;
  readonly subject: string;
  readonly message: number;
  readonly position: number;
  readonly amount: number;
  readonly group: string;
  readonly detail: string;
  readonly cause: FactId;
}

/**
 * Where facts go while a run is made: the trace, the folds of a goal, or both. In columns, because an object for each, of one of
 * a dozen shapes, would cost as much as all the rest. What is absent is −1 (message, position), 0 (amount) or ''.
 */
export interface FactSink {
  write(
    id: FactId,
    time: Time,
    process: string,
    cause: FactId,
    is: FactType,
    subject: string,
    message: number,
    position: number,
    group: string,
    amount: number,
    detail: string,
  ): void;
}
