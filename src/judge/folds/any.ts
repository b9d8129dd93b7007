import type { MakeFold } from '../fold';
import { partsOf } from '../parts';
import { anyOf, earliest, joined, unknown } from '../verdict';

/** Shown when one part is shown, violated when each of them is. */
export const anyFold: MakeFold<'any'> = ({ of }, bench) => {
  const parts = partsOf(of, bench);
  return {
    route: (is) => parts.route(is),
    outcome: (atEnd) => {
      const verdicts = parts.verdicts(atEnd);
      const deciding = parts.deciding(verdicts);
      const verdict = anyOf(deciding.map((part) => part.verdict));
      if (verdict === 'unknown') return { ...unknown('parts'), parts: verdicts };
      const proofs = deciding.filter((part) => part.verdict === 'shown');
      const { facts, at } = verdict === 'shown' ? earliest(proofs) : joined(deciding);
      return { verdict, facts, at, progress: null, missing: null, parts: verdicts };
    },
  };
};
