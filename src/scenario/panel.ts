/**
 * What a lesson measures beside its picture, as data. The host measures it (panels.ts), the stage draws it
 * (stage/panels). Matches are those of goals, so a panel and a goal speak of the same facts.
 */
import type { Bound, Match } from '../judge/goal';
import type { Fact, FactId, FactKind } from '../kernel/fact';
import type { Time } from '../kernel/time';

/** How a lesson's instants are drawn (stage/pictures.ts). */
export type PictureName = 'log' | 'chain' | 'ledger' | 'queues';

/** How long something took, from a fact to the first later one about the same message. */
export interface SpanSource {
  readonly from: Match;
  readonly to: Match;
}

/** Spans as squares, with needles at p50 and p99. */
export interface HistogramPanel {
  readonly kind: 'histogram';
  readonly id: string;
  readonly of: SpanSource;
  /** A second series in the same picture, in another colour and hatched: the same orders through another design. */
  readonly after?: SpanSource;
  /** `log` where two series differ by orders of magnitude. */
  readonly scale?: 'linear' | 'log';
  /** Where the axis ends at first, so that it stands still; longer spans lengthen it. */
  readonly axisMs?: number;
  /** Where a goal wants p99 of the last series: drawn while that goal is worked on, for it would tell the answer before. */
  readonly goals?: { readonly a?: Bound; readonly b?: Bound };
}

/**
 * The share of messages that came out well. `among` are the facts that decide about a message, good or not: what has
 * not been decided yet does not count.
 */
export interface MeterPanel {
  readonly kind: 'meter';
  readonly id: string;
  readonly good: Match;
  readonly among: Match;
  /** Which of two designs it belongs to, where there are two. */
  readonly side?: 'before' | 'after';
}

/** What waits for each of these groups, over time. */
export interface BacklogPanel {
  readonly kind: 'backlog';
  readonly id: string;
  readonly groups: readonly string[];
}

export type Panel = HistogramPanel | MeterPanel | BacklogPanel;

export type Reading = HistogramReading | MeterReading | BacklogReading;

export interface HistogramReading {
  readonly kind: 'histogram';
  readonly id: string;
  readonly scale: 'linear' | 'log';
  /** Bin i holds what is at least edges[i] and less than edges[i + 1]; milliseconds. */
  readonly edgesMs: readonly number[];
  /** `of`, then `after` where there is one. */
  readonly series: readonly SpanReading[];
}

export interface SpanReading {
  readonly count: number;
  readonly bins: readonly number[];
  /** Nearest rank, as goals judge it; null without a span. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly longestMs: number | null;
}

export interface MeterReading {
  readonly kind: 'meter';
  readonly id: string;
  readonly side: 'before' | 'after' | null;
  readonly decided: number;
  readonly good: number;
  /** Those that came out badly while exactly this one process was down, most first. */
  readonly badWhileDown: readonly { readonly process: string; readonly count: number }[];
}

export interface BacklogReading {
  readonly kind: 'backlog';
  readonly id: string;
  readonly now: Time;
  readonly lines: readonly BacklogLine[];
  /** Processes of these groups that were down; `to` is null while they are. */
  readonly outages: readonly {
    readonly process: string;
    readonly group: string;
    readonly from: Time;
    readonly to: Time | null;
  }[];
}

/** A step line, thinned out to what a picture can show: the most that waited in each stretch. */
export interface BacklogLine {
  readonly group: string;
  readonly times: readonly Time[];
  readonly values: readonly number[];
  readonly waiting: number;
  readonly most: number;
  /** Of the last ten seconds, per second. */
  readonly arriving: number;
  readonly leaving: number;
  /** At this pace; null while it does not shrink. */
  readonly drainedInMs: number | null;
}

/** An instant: facts with id < factCount have happened. */
export interface Instant {
  readonly time: Time;
  readonly factCount: FactId;
}

/** One panel at work. */
export interface PanelFold {
  /** Facts of other kinds are never shown to it. */
  readonly kinds: ReadonlySet<FactKind> | null;
  see(fact: Fact): void;
  read(at: Instant): Reading;
}
