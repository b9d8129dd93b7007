/**
 * What was observed, without what differs from run to run though it means the same: ids and times that the broker
 * makes become symbols in the order in which they are first seen, names made by `name()` their base (brokers.md E.0).
 * Both sides of a comparison go through here.
 */
import type { Observed } from '../define';

/** What only the run itself knows. */
export interface Vocabulary {
  /** Texts of this run → what they are called in every run: "orders-x7k2" → "orders", "127.0.0.1:40001" → "node-1". */
  readonly names: ReadonlyMap<string, string>;
  /** Epoch milliseconds of the run: a timestamp within is one that was made in it. */
  readonly clock: { readonly from: number; readonly to: number };
}

/** Fields whose values the broker makes, and what these are called. */
const MADE_BY_BROKER: Readonly<Record<string, string>> = {
  memberId: 'member',
  leaderId: 'member',
  producerId: 'producer',
  clusterId: 'cluster',
  topicId: 'topic-id',
  // of AWS
  MessageId: 'message',
  ReceiptHandle: 'receipt',
  SequenceNumber: 'sequence',
  TaskHandle: 'task',
  UUID: 'mapping',
};

/** kafkajs' member ids: the client's id and a UUID that the broker appended. */
const MEMBER_ID = /[\w.-]*\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** RabbitMQ's, wherever they stand: names of queues and consumers that it makes, and addresses for direct replies. */
const OF_RABBITMQ: readonly (readonly [RegExp, kind: string])[] = [
  [/amq\.gen-[\w-]+/g, 'amq.gen'],
  [/amq\.ctag-[\w-]+/g, 'amq.ctag'],
  [/amq\.rabbitmq\.reply-to\.[\w+/=.-]+/g, 'amq.rabbitmq.reply-to'],
];
const TIMESTAMP = /^\d{12,14}$/;

/** Collects what a scenario lets be seen. */
export class Observations {
  private readonly seen: { readonly name: string; readonly value: Observed }[] = [];

  /** Keeps the value as it is now. Throws for what JSON cannot say. */
  observe(name: string, value: unknown): void {
    this.seen.push({ name, value: plain(value) });
  }

  /** By name; several under one name are a list. */
  normalised(vocabulary: Vocabulary): Record<string, Observed> {
    const symbols = new Symbols(vocabulary);
    for (const { value } of this.seen) symbols.collect(value, '');
    const lists = new Map<string, Observed[]>();
    for (const { name, value } of this.seen)
      lists.set(name, [...(lists.get(name) ?? []), symbols.replace(value, '')]);
    return Object.fromEntries([...lists].map(([name, list]) => [name, list.length === 1 ? list[0] : list]));
  }
}

/** As JSON: bytes as text, an error as its name, type, code, message and whether it may be retried. */
export function plain(value: unknown): Observed {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (value instanceof Error) return plainError(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map || value instanceof Set) return plain([...(value as Iterable<unknown>)]);
  if (typeof value !== 'object')
    throw new TypeError(`A ${typeof value} cannot be observed: JSON cannot say it.`);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, plain(field)]),
  );
}

function plainError(error: Error): Observed {
  const { code, message, name, retriable, type } = error as Error & Readonly<Record<string, unknown>>;
  return plain({ code, message, name, retriable, type });
}

/** An id of this many characters, or of RabbitMQ, is recognised wherever it stands; a shorter one ("7") only in its own field. */
const UNMISTAKABLE = 12;

function isUnmistakable(id: string): boolean {
  return id.length >= UNMISTAKABLE || id.startsWith('amq.');
}

class Symbols {
  private readonly symbols = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly vocabulary: Vocabulary) {}

  /** Gives a symbol to everything in the value that needs one. `field` is the value's own name. */
  collect(value: Observed, field: string): void {
    if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value);
      const kind = MADE_BY_BROKER[field];
      if (kind === undefined) for (const [id] of text.matchAll(MEMBER_ID)) this.add(id, 'member', '');
      for (const [made, ofRabbitmq] of OF_RABBITMQ)
        for (const [id] of text.matchAll(made)) this.add(id, ofRabbitmq, '');
      if (this.isTimeOfRun(text)) this.add(text, 'time', '');
      if (kind !== undefined && text !== '' && text !== '-1') this.add(text, kind, field);
    } else if (isList(value)) for (const entry of value) this.collect(entry, field);
    else if (typeof value === 'object' && value !== null)
      for (const [name, entry] of Object.entries(value)) {
        this.collect(name, '');
        this.collect(entry, name);
      }
  }

  replace(value: Observed, field: string): Observed {
    if (typeof value === 'string') return this.replaceText(value, field);
    if (typeof value === 'number') return this.symbolOf(String(value), field) ?? value;
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map((entry) => this.replace(entry, field));
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, entry]) => [this.replaceText(name, ''), this.replace(entry, name)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  private replaceText(text: string, field: string): string {
    const symbol = this.symbolOf(text, field);
    if (symbol !== undefined) return symbol;
    const known = [...this.symbols].filter(([id]) => isUnmistakable(id));
    // The longest first: one name may begin with another.
    known.push(...this.vocabulary.names);
    known.sort(([a], [b]) => b.length - a.length);
    return known.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  }

  private symbolOf(text: string, field: string): string | undefined {
    return this.symbols.get(keyOf(text, field));
  }

  private add(id: string, kind: string, field: string): void {
    const key = keyOf(id, field);
    if (this.symbols.has(key)) return;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    this.symbols.set(key, `${kind}-${count}`);
  }

  private isTimeOfRun(text: string): boolean {
    const { from, to } = this.vocabulary.clock;
    return TIMESTAMP.test(text) && Number(text) >= from && Number(text) <= to;
  }
}

function keyOf(id: string, field: string): string {
  return isUnmistakable(id) ? id : `${MADE_BY_BROKER[field] ?? ''} ${id}`;
}

function isList(value: Observed): value is readonly Observed[] {
  return Array.isArray(value);
}
