/**
 * Truth and seen: what the log still knows of each key, beside what one store has written, over all of history. Kept
 * up as history grows; asked for any instant. The judge's truth (judge/table.ts) forgets nothing; this one forgets what
 * the log has deleted, since nobody can read it any more.
 */
import { once, placeIn } from '../judge/match';
import type { Body, MessageId } from '../kernel/bodies';
import type { Fact, FactId, FactKind } from '../kernel/fact';
import type { Address } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { Trace } from '../kernel/trace';

/** A record in the log that says something about a key. */
export interface Known {
  readonly message: MessageId;
  readonly lane: Address;
  readonly offset: number;
  readonly version: number;
}

/** How one key stood from a fact on. */
interface Moment {
  readonly fact: FactId;
  readonly truth: Known | null;
  readonly since: Time | null;
}

/** What is known of one key at an instant. */
export interface Standing {
  readonly truth: Known | null;
  /** Since when store and log disagree; null while they agree. */
  readonly since: Time | null;
}

interface Line {
  /** In the log, in the order it was taken in. */
  held: Known[];
  truth: Known | null;
  row: number | null;
  moments: Moment[];
}

const kinds: ReadonlySet<FactKind> = new Set<FactKind>(['accepted', 'applied', 'changed', 'expired']);

export class TruthAndSeen {
  private done = 0;
  private readonly lines = new Map<string, Line>();
  private readonly isOurs: (subject: Address) => boolean;

  constructor(
    private readonly store: Address,
    topics: readonly string[],
  ) {
    this.isOurs = once((subject) => topics.includes(placeIn(subject)));
  }

  upTo(trace: Trace, body: (message: MessageId) => Body): void {
    for (; this.done < trace.length; this.done++) {
      if (kinds.has(trace.kindOf(this.done))) this.add(trace.fact(this.done), body);
    }
  }

  /** By key, after the first `count` facts. Keys that neither has heard of yet are left out. */
  at(count: FactId): ReadonlyMap<string, Standing> {
    const standings = new Map<string, Standing>();
    for (const [key, { moments }] of this.lines) {
      const moment = lastBefore(moments, count);
      if (moment) standings.set(key, moment);
    }
    return standings;
  }

  private add(fact: Fact, body: (message: MessageId) => Body): void {
    const { kind, type, subject, message } = fact;
    if (kind === 'accepted') {
      if (message >= 0 && this.isOurs(subject)) this.accept(fact, body(message));
    } else if (kind === 'expired') {
      if (this.isOurs(subject)) this.forget(fact);
    } else if (subject !== this.store) {
      return;
    } else if (type === 'RowWritten' && message >= 0) {
      const { key } = body(message);
      if (key !== null) this.note(key, fact, { row: fact.amount });
    } else if (type === 'AmountAdded' && message >= 0) {
      // A row that sums up counts what went into it as its version.
      const { key } = body(message);
      if (key !== null) this.note(key, fact, { row: (this.lineOf(key).row ?? 0) + 1 });
    } else if (type === 'StoreWiped') {
      for (const key of this.lines.keys()) this.note(key, fact, { row: null });
    }
  }

  private accept(fact: Fact, { key, version }: Body): void {
    if (key === null) return;
    const known = { message: fact.message, lane: fact.subject, offset: fact.position, version };
    const line = this.lineOf(key);
    line.held.push(known);
    const isNewer = line.truth === null || version >= line.truth.version;
    this.note(key, fact, isNewer ? { truth: known } : {});
  }

  /** Deleted by retention, or on request. An offset that expires names no records (amount 0). */
  private forget(fact: Fact): void {
    const { subject, position, amount } = fact;
    const isGone = ({ lane, offset }: Known) =>
      lane === subject && position <= offset && offset < position + amount;
    for (const [key, line] of this.lines) {
      if (!line.held.some(isGone)) continue;
      line.held = line.held.filter((known) => !isGone(known));
      this.note(key, fact, { truth: newest(line.held) });
    }
  }

  private note(key: string, { id, time }: Fact, change: Partial<Pick<Line, 'truth' | 'row'>>): void {
    const line = Object.assign(this.lineOf(key), change);
    const { truth, row, moments } = line;
    const agree = (truth?.version ?? null) === row;
    const before = moments.at(-1);
    const since = agree ? null : (before?.since ?? time);
    if (before?.truth !== truth || before.since !== since) moments.push({ fact: id, truth, since });
  }

  private lineOf(key: string): Line {
    let line = this.lines.get(key);
    if (!line) this.lines.set(key, (line = { held: [], truth: null, row: null, moments: [] }));
    return line;
  }
}

function newest(held: readonly Known[]): Known | null {
  return held.reduce<Known | null>((best, one) => (best && best.version > one.version ? best : one), null);
}

function lastBefore(moments: readonly Moment[], count: FactId): Moment | null {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (moments[middle].fact < count) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : moments[low - 1];
}
