/**
 * The goal language, as types: plain JSON over facts. One fold per operator (judge/folds/), three verdicts
 * (verdict.ts), and one renderer (sentence.ts) which speaks the same goal that is judged.
 *
 * Matching is by meaning: kind, role, group, domain. Never by names or positions on screen, so stray and renamed
 * objects do not count (curriculum.md 1.3).
 */
import type { Domain } from '../kernel/bodies';
import type { FactId, FactKind } from '../kernel/fact';

/** Which facts. All given fields must hold; a list means "one of". */
export interface Match {
  readonly kind?: FactKind | readonly FactKind[];
  /** The broker's own word, when the kind is not enough: "StoreWiped". */
  readonly type?: string | readonly string[];
  /** Role of the process that made the fact ("search"), from the scenario. */
  readonly role?: string;
  /** Role of the thing it happened to: a store's or process's role, or a topic name. */
  readonly on?: string;
  readonly group?: string;
  readonly domain?: Domain;
  /** Inclusive bounds on the fact's numbers. `back` is amount − position for a `sought` fact: how far it went back. */
  readonly positionMin?: number;
  readonly positionMax?: number;
  readonly amountMin?: number;
  readonly amountMax?: number;
  readonly backMin?: number;
}

/** What a node could know (`seen`) and what is so (`truth`): rows key → version, folded from facts. */
export type Table =
  /** Rows of the stores with this role, as their applied facts and wipes left them. */
  | { readonly table: 'seen'; readonly role: string }
  /** Newest version of every key ever accepted in the topic. */
  | { readonly table: 'truth'; readonly topic: string };

/** Bound on a number: at least, at most, or both. */
export interface Bound {
  readonly min?: number;
  readonly max?: number;
}

/** An expression that becomes shown, violated, or stays unknown as history goes by. */
export type Expression =
  | { readonly op: 'some'; readonly of: Match }
  /** Violated by the first such fact. Shown only at the end, and only if `since` (when given) happened. */
  | { readonly op: 'none'; readonly of: Match; readonly since?: Match }
  | { readonly op: 'count'; readonly of: Match; readonly is: Bound }
  /** Some facts that agree in all of `same` (e.g. one message applied twice for one group) at least `times`. */
  | {
      readonly op: 'repeated';
      readonly of: Match;
      readonly same: readonly ('message' | 'group' | 'subject' | 'process' | 'position')[];
      readonly times: number;
    }
  /** A fact matching `of` whose chain of causes contains one matching `from`. */
  | { readonly op: 'caused'; readonly of: Match; readonly from: Match; readonly expect: 'some' | 'none' }
  /** In this order; with `same`, all about one thing. `withinMs` bounds first to last. */
  | {
      readonly op: 'seq';
      readonly of: readonly Match[];
      readonly same?: readonly ('message' | 'group' | 'subject' | 'process')[];
      readonly withinMs?: number;
    }
  /** pct-th percentile of the time from each `from` to the first later `to` with the same message. */
  | {
      readonly op: 'span';
      readonly from: Match;
      readonly to: Match;
      readonly percentile: number;
      readonly isMs: Bound;
    }
  /** At the end, and (with `after`) only if that happened before. */
  | {
      readonly op: 'final';
      readonly left: Table;
      readonly is: 'equal' | 'different';
      readonly right: Table;
      readonly after?: Match;
    }
  /** Minimum workload for a verdict to mean anything: until reached, the whole goal is unknown. */
  | { readonly op: 'cover'; readonly of: Match; readonly is: Bound }
  | { readonly op: 'all'; readonly of: readonly Clause[] }
  | { readonly op: 'any'; readonly of: readonly Clause[] };

/** An expression with a name: the unit of feedback ("which clause failed, when"). */
export interface Clause {
  readonly id: string;
  readonly expression: Expression;
}

export interface Goal {
  readonly id: string;
  readonly clauses: readonly Clause[];
}

export type Verdict = 'shown' | 'unknown' | 'violated';

export interface ClauseVerdict {
  readonly id: string;
  readonly verdict: Verdict;
  /** Facts that decided it, earliest first; empty while unknown. "Why?" goes to the last. */
  readonly facts: readonly FactId[];
  /** Progress, when the operator counts: `have` of `need`. */
  readonly progress: { readonly have: number; readonly need: number } | null;
}

export interface Judgement {
  readonly goal: string;
  readonly verdict: Verdict;
  readonly clauses: readonly ClauseVerdict[];
}
