import type { FactType } from '../kernel/fact';
import { together, type Bench, type Fold, type See } from './fold';
import type { Clause, ClauseVerdict } from './goal';

/** The clauses inside an `all`, `any` or `during`, each with its fold. */
export interface Parts {
  route(is: FactType): See | null;
  /** Verdicts of all parts, in their order. */
  verdicts(atEnd: boolean): readonly ClauseVerdict[];
  /** Of those, the ones that decide: a `cover` holds up the goal, but proves nothing here. */
  deciding(verdicts: readonly ClauseVerdict[]): readonly ClauseVerdict[];
}

export function partsOf(clauses: readonly Clause[], bench: Bench): Parts {
  const folds: readonly Fold[] = clauses.map((clause) => bench.make(clause.expression));
  return {
    route: (is) => together(folds.map((fold) => fold.route(is))),
    verdicts: (atEnd) => folds.map((fold, index) => ({ id: clauses[index].id, ...fold.outcome(atEnd) })),
    deciding: (verdicts) => verdicts.filter((_, index) => clauses[index].expression.op !== 'cover'),
  };
}
