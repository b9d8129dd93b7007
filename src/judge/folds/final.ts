import { together, type MakeFold, type See } from '../fold';
import type { Of, Table } from '../goal';
import { matcher } from '../match';
import { compare, tableFold, type Comparison, type Moment, type TableFold } from '../table';
import { inOrder, shown, unknown, violated, type Evidence } from '../verdict';

/** Compares two tables whenever it is asked: as they stand so far, and finally at the end. */
export const finalFold: MakeFold<'final'> = (expression, { setting }) => {
  const { is: wanted, after } = expression;
  const left = tableFold(expression.left, setting);
  const right = tableFold(expression.right, setting);
  const condition = after ? matcher(after, setting) : null;
  let met: Moment | 'from the start' | null = condition ? null : 'from the start';

  const meet: See = (id, at, process, _cause, fact) => {
    if (met === null && condition!.fits(process, fact)) met = { fact: id, at };
  };

  return {
    route: (is) => together([condition?.takes(is) ? meet : null, left.route(is), right.route(is)]),
    outcome: (atEnd) => {
      if (met === null) return unknown('condition');
      if (nothingToCompare(expression, left, right)) return unknown('empty');
      const comparison = compare(left, right);
      const equal = comparison.agree === comparison.total;
      const progress = wanted === 'equal' ? { have: comparison.agree, need: comparison.total } : null;
      const evidence = evidenceOf(comparison, met, left, right);
      if (equal === (wanted === 'equal')) return shown(evidence, progress);
      return atEnd ? violated({ facts: evidence.facts, at: null }, progress) : unknown('different', progress);
    },
  };
};

/** An empty truth asks nothing of anybody; and two empty tables were never put to the test. */
function nothingToCompare({ left, right }: Of<'final'>, ours: TableFold, theirs: TableFold): boolean {
  const emptyTruth = (table: Table, fold: TableFold) => table.table === 'truth' && fold.rows.size === 0;
  return (
    emptyTruth(left, ours) || emptyTruth(right, theirs) || (ours.rows.size === 0 && theirs.rows.size === 0)
  );
}

/** Equal: the change that made them so. Different: what made them different. And what had to happen before. */
function evidenceOf(
  { because }: Comparison,
  met: Moment | 'from the start',
  left: TableFold,
  right: TableFold,
): Evidence {
  const changes = [left.lastChange, right.lastChange].filter((change) => change !== null);
  const moments = because.length > 0 ? [...because] : [latest(changes)];
  if (met !== 'from the start') moments.push(met);
  return { facts: inOrder(moments.map(({ fact }) => fact)), at: latest(moments).at };
}

function latest(moments: readonly Moment[]): Moment {
  return moments.reduce((last, moment) => (moment.fact > last.fact ? moment : last));
}
