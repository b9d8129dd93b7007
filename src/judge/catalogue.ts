/**
 * What a language must be able to say about goals. One file per locale implements it (sentence.en.ts): words and
 * grammar are its business; which facts are meant and what they prove is not.
 */
import type { Domain } from '../kernel/bodies';
import type { FactKind } from '../kernel/fact';
import type { Bound, Expect, Same } from './goal';

/** A Match with its names looked up. '' and null: not said. */
export interface Happening {
  readonly kinds: readonly FactKind[];
  readonly types: readonly string[];
  /** Who made it, as a noun phrase: "the search service". */
  readonly role: string;
  /** What it happened to: "the search index", "shop-events". */
  readonly on: string;
  readonly group: string;
  readonly domain: Domain | null;
  /** What the event speaks of: "Ben". */
  readonly key: string;
  readonly position: Bound | null;
  readonly amount: Bound | null;
  readonly back: number | null;
}

/** How far something is: `have` of `need`. */
export interface Share {
  readonly have: number;
  readonly need: number;
}

/**
 * Phrases are parts of sentences: lower case, no full stop. `statement` makes a whole of one. Durations and times come
 * as text, already formatted for the reader.
 */
export interface Catalogue {
  statement(phrase: string): string;

  /** What a clause asks for, one phrase per operator. */
  readonly asks: {
    some(of: Happening): string;
    none(of: Happening, since: Happening | null): string;
    count(of: Happening, is: Bound): string;
    cover(of: Happening, is: Bound): string;
    repeated(of: Happening, same: readonly Same[], times: number, expect: Expect): string;
    caused(of: Happening, from: Happening, expect: Expect): string;
    seq(steps: readonly Happening[], same: readonly Same[], within: string | null, expect: Expect): string;
    span(from: Happening, to: Happening, percentile: number, min: string | null, max: string | null): string;
    final(left: string, is: 'equal' | 'different', right: string, after: Happening | null): string;
    share(of: Happening, among: Happening, is: Bound, least: number): string;
    distinct(of: Happening, by: Same | 'detail', least: number, then: Happening | null): string;
    last(of: Happening, is: Bound): string;
    answer(answer: string): string;
    during(from: Happening | null, to: Happening | null, parts: readonly string[]): string;
    waiting(topic: string, group: string, least: number): string;
    all(parts: readonly string[]): string;
    any(parts: readonly string[]): string;
  };

  /** What is still missing. */
  readonly missing: {
    nothingHappened: string;
    /** It holds, but only the end of the run can show it. */
    theEnd: string;
    happening(of: Happening): string;
    /** What must happen before anything is put to the test. */
    condition(of: Happening): string;
    repeated(of: Happening, same: readonly Same[], times: number): string;
    caused(of: Happening, from: Happening): string;
    counted(of: Happening, share: Share): string;
    steps(share: Share): string;
    rows(share: Share): string;
    difference(left: string, right: string): string;
    contents(table: string): string;
    measurements: string;
    measure: string;
    share(share: Share): string;
    waiting(share: Share): string;
    answer: string;
    otherAnswer: string;
  };

  /** What went wrong. */
  readonly broke: {
    none(of: Happening, since: Happening | null): string;
    count(of: Happening, max: number): string;
    repeated(of: Happening, same: readonly Same[], times: number): string;
    caused(of: Happening, from: Happening): string;
    seq(steps: readonly Happening[], same: readonly Same[], within: string | null): string;
    span(asked: string): string;
    equal(left: string, right: string, rows: Share | null): string;
    different(left: string, right: string): string;
    any(parts: readonly string[]): string;
  };

  /** Verdicts as sentences; `at` is null when only the end of the run decided. */
  proved(at: string | null): string;
  notProvedYet(why: string): string;
  broken(at: string | null, what: string): string;

  /** Verdicts in a word or two, for beside the clause. */
  readonly notes: {
    proved: string;
    notYet: string;
    holdsSoFar: string;
    broken(at: string | null): string;
    progress(share: Share): string;
  };
}
