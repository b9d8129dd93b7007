/**
 * The goal language, as types: plain JSON over facts. One fold per operator (folds/), three verdicts (verdict.ts),
 * and one renderer (sentence.ts) which speaks the same goal that is judged.
 *
 * Matching is by meaning: kind, role, group, domain. Never by names or positions on screen, so stray and renamed
 * objects do not count (curriculum.md 1.3).
 *
 * Rules for every operator: what can still change is unknown before the end; what was never put to the test is
 * unknown even then (so an empty history shows nothing, not even "nothing is published"); unknown never passes.
 */
import type { Domain } from '../kernel/bodies';
import type { FactId, FactKind } from '../kernel/fact';
import type { Time } from '../kernel/time';

/** Which facts. All given fields must hold; a list means "one of". */
export interface Match {
  readonly kind?: FactKind | readonly FactKind[];
  /** The broker's own word, when the kind is not enough: "StoreWiped". */
  readonly type?: string | readonly string[];
  /** Role of the process that made the fact ("search"), from the scenario. */
  readonly role?: string;
  /** What it happened to: the role of the store or process the subject names, or the topic in "kafka/<topic>/0". */
  readonly on?: string;
  readonly group?: string;
  readonly domain?: Domain;
  /** Key of the message: the account, the product it speaks of. */
  readonly key?: string;
  /** Inclusive bounds on the fact's numbers. A fact without a position matches no bound on positions. */
  readonly positionMin?: number;
  readonly positionMax?: number;
  readonly amountMin?: number;
  readonly amountMax?: number;
  /** How far a `sought` fact went back: its amount (where it stood) − its position (where it went). */
  readonly backMin?: number;
}

/** What a node could know (`seen`) and what is so (`truth`): rows key → version, folded from facts. */
export type Table =
  /** Rows of the stores with this role, as applied / "RowWritten" facts and wipes left them. */
  | { readonly table: 'seen'; readonly role: string }
  /** Newest version of every key ever accepted in the topic. */
  | { readonly table: 'truth'; readonly topic: string };

/** Bound on a number: at least, at most, or both. */
export interface Bound {
  readonly min?: number;
  readonly max?: number;
}

/** What facts can have in common. A fact that lacks the field (no message, no group) has it in common with none. */
export type Same = 'message' | 'group' | 'subject' | 'process' | 'position';

/** Whether the thing looked for must turn up or must not. */
export type Expect = 'some' | 'none';

/** An expression that becomes shown, violated, or stays unknown as history goes by. */
export type Expression =
  /** Shown by the first such fact. Never violated. */
  | { readonly op: 'some'; readonly of: Match }
  /**
   * Violated by the first such fact; shown only at the end. With `since`, only facts after the first `since` fact
   * count (those before it, and that fact itself, are allowed), and without a `since` fact it stays unknown.
   */
  | { readonly op: 'none'; readonly of: Match; readonly since?: Match }
  /** With a `max`: violated by the first fact too many, shown only at the end. Else shown by the `min`-th. */
  | { readonly op: 'count'; readonly of: Match; readonly is: Bound }
  /**
   * At least `times` facts that agree in all of `same` (e.g. one message applied twice for one group).
   * `expect: 'none'` turns it round: violated by them, shown at the end if there were facts to compare at all.
   */
  | {
      readonly op: 'repeated';
      readonly of: Match;
      readonly same: readonly Same[];
      readonly times: number;
      readonly expect?: Expect;
    }
  /**
   * A fact matching `of` whose chain of causes contains one matching `from`. Expecting `none`, it is shown at the
   * end, and only if a `from` fact happened: what never moved has appended nothing, but that proves nothing.
   */
  | { readonly op: 'caused'; readonly of: Match; readonly from: Match; readonly expect: Expect }
  /**
   * In this order, each fact after the one before it; with `same`, all about one thing. `withinMs` bounds first to
   * last. Expecting `none`, it is shown at the end, and only if a fact matching the first of them happened.
   */
  | {
      readonly op: 'seq';
      readonly of: readonly Match[];
      readonly same?: readonly Same[];
      readonly withinMs?: number;
      readonly expect?: Expect;
    }
  /**
   * percentile (nearest rank) of the time from each `from` to the first later `to` with the same message. A message
   * that never arrives is not measured: count those in a clause of their own. Judged so far, and finally at the end.
   */
  | {
      readonly op: 'span';
      readonly from: Match;
      readonly to: Match;
      readonly percentile: number;
      readonly isMs: Bound;
    }
  /**
   * Compares both ways: a row too many is as different as a row too few. Judged so far (shown or unknown), and
   * finally at the end; with `after`, only if that happened before. An empty truth is unknown.
   */
  | {
      readonly op: 'final';
      readonly left: Table;
      readonly is: 'equal' | 'different';
      readonly right: Table;
      readonly after?: Match;
    }
  /**
   * Of the messages with an `among` fact, the share that comes to have an `of` fact (0 to 1). With `else`, a message
   * counts once one of the two has decided about it; without, it counts from the start. `least`: unknown before so
   * many count. Judged so far, and finally at the end.
   */
  | {
      readonly op: 'share';
      readonly of: Match;
      readonly among: Match;
      readonly else?: Match;
      readonly is: Bound;
      readonly least?: number;
    }
  /**
   * Shown when matching facts have had at least `least` different values of `by`; with `then`, a fact counts only once
   * a `then` fact has followed it, before the next matching one. Never violated.
   */
  | {
      readonly op: 'distinct';
      readonly of: Match;
      readonly by: Same | 'detail';
      readonly least: number;
      readonly then?: Match;
    }
  /** The amount of the last such fact (a balance). Judged so far, and finally at the end. */
  | { readonly op: 'last'; readonly of: Match; readonly is: Bound }
  /** What the learner has answered to a question of the lesson. Facts have no say in it; never violated. */
  | { readonly op: 'answer'; readonly question: string; readonly is: string }
  /**
   * All clauses in `of`, judged on the facts after each `from` fact and before the next `to` fact (with `same`: about
   * the same thing) and on no others. Without `from`: from the start, and what the end is to the run the first `to`
   * is to it. Without `to`: to the end. Until it has begun it is unknown.
   */
  | {
      readonly op: 'during';
      readonly from?: Match;
      readonly to?: Match;
      readonly same?: readonly Same[];
      readonly of: readonly Clause[];
    }
  /** Shown when at least so many records of the topic lie between the flag of the group and the end. Never violated. */
  | { readonly op: 'waiting'; readonly topic: string; readonly group: string; readonly least: number }
  /** Minimum workload for a verdict to mean anything: until reached, the whole goal is unknown. Never violated. */
  | { readonly op: 'cover'; readonly of: Match; readonly is: Bound }
  | { readonly op: 'all'; readonly of: readonly Clause[] }
  | { readonly op: 'any'; readonly of: readonly Clause[] };

export type Operator = Expression['op'];
/** The expression of one operator: `Of<'some'>`. */
export type Of<Op extends Operator> = Extract<Expression, { readonly op: Op }>;

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

/**
 * Why a clause is unknown:
 * - `nothing`: history is empty.
 * - `wanted`: what it looks for has not happened, or not often enough (see `progress`).
 * - `condition`: what it waits for (`since`, `after`, `from`, facts to compare) has not happened.
 * - `waiting`: it holds so far; only the end of the run can show it.
 * - `empty`: there is nothing to compare or measure yet.
 * - `different`: so far the tables or times are not as wanted, but the run is not over.
 * - `parts`: one of its parts is unknown.
 * - `answer`: the learner has not answered.
 */
export type Missing =
  'nothing' | 'wanted' | 'condition' | 'waiting' | 'empty' | 'different' | 'parts' | 'answer';

export interface ClauseVerdict {
  readonly id: string;
  readonly verdict: Verdict;
  /** Facts that decided it (of many, the first few and the last), earliest first; empty while unknown. "Why?" goes to the last. */
  readonly facts: readonly FactId[];
  /** When it was decided; null while unknown, and when only the end of the run decided it. */
  readonly at: Time | null;
  /** Progress, when the operator counts: `have` of `need`. */
  readonly progress: { readonly have: number; readonly need: number } | null;
  /** Set exactly when the verdict is unknown. */
  readonly missing: Missing | null;
  /** Verdicts of the clauses of an `all`, `any` or `during`, in their order; empty for the others. */
  readonly parts: readonly ClauseVerdict[];
}

/** Clauses inside an expression; null for an operator that has none. */
export function clausesIn(expression: Expression): readonly Clause[] | null {
  const { op } = expression;
  return op === 'all' || op === 'any' || op === 'during' ? expression.of : null;
}

export interface Judgement {
  readonly goal: string;
  readonly verdict: Verdict;
  readonly clauses: readonly ClauseVerdict[];
}
