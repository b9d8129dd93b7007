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
  readonly message?: MessageId | undefined;
  /** Offset, delivery tag: where in the subject. */
  readonly position?: number | undefined;
  /** A count, an attempt number, a previous position: whatever the type says. Whole number, 32 bits. */
  readonly amount?: number | undefined;
  /** Consumer group, queue consumer: on whose behalf. */
  readonly group?: string | undefined;
  /** Rare extra words: an error code, an assignment, a knob's new value. */
  readonly detail?: string | undefined;
  readonly cause?: FactId | undefined;
}

/**
 * The same with every field in its place, if only to say that it is absent. Facts of a dozen shapes cost whoever reads them a
 * search for each field; what is written for every message is made as one of these, and sinks are shown nothing else.
 */
export class WholeFact implements NewFact {
  readonly is: FactType;
  readonly subject: string;
  readonly message: MessageId | undefined;
  readonly position: number | undefined;
  readonly group: string | undefined;
  readonly cause: FactId | undefined;
  readonly amount: number | undefined;
  readonly detail: string | undefined;

  constructor(
    is: FactType,
    subject: string,
    message?: MessageId,
    position?: number,
    group?: string,
    cause?: FactId,
    amount?: number,
    detail?: string,
  ) {
    this.is = is;
    this.subject = subject;
    this.message = message;
    this.position = position;
    this.group = group;
    this.cause = cause;
    this.amount = amount;
    this.detail = detail;
  }
}

export function wholeFact(fact: NewFact): WholeFact {
  if (fact instanceof WholeFact) return fact;
  const { is, subject, message, position, group, cause, amount, detail } = fact;
  return new WholeFact(is, subject, message, position, group, cause, amount, detail);
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

/** Where facts go while a run is made: the trace, the folds of a goal, or both. */
export interface FactSink {
  write(id: FactId, time: Time, process: string, cause: FactId, fact: NewFact): void;
}
