/**
 * What a lesson measures beside its picture, as data. The host measures it (measures.ts), the stage draws it
 * (stage/panels). Matches are those of goals, so a panel and a goal speak of the same facts.
 */
import type { Bound, Match } from '../judge/goal';

/** How a lesson's instants are drawn (stage/pictures.ts). */
export type PictureName = 'log' | 'chain' | 'ledger';

/** How long something took, from a fact to the first later one about the same message. */
export interface SpanSource {
  readonly from: Match;
  readonly to: Match;
}

export type Panel =
  /** Spans as squares with needles at p50 and p99. `after` is a second series in the same picture, hatched. */
  | {
      readonly kind: 'histogram';
      readonly id: string;
      readonly of: SpanSource;
      readonly after?: SpanSource;
      /** Where p99 of the last series is wanted. */
      readonly goalMs?: Bound;
    }
  /** The share of `among` that turned out `good`, by message: what has not been decided yet does not count. */
  | { readonly kind: 'meter'; readonly id: string; readonly good: Match; readonly among: Match }
  /** What waits for each of these groups, over time. */
  | { readonly kind: 'backlog'; readonly id: string; readonly groups: readonly string[] };

export type PanelKind = Panel['kind'];
