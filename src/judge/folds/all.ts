import type { MakeFold } from '../fold';
import { partsOf } from '../parts';
import { allOf, earliest, joined, unknown } from '../verdict';

/** Shown when each part is shown, violated when one of them is. */
export const allFold: MakeFold<'all'> = ({ of }, bench) => {
  const parts = partsOf(of, bench);
  return {
    route: (is) => parts.route(is),
    outcome: (atEnd) => {
      const verdicts = parts.verdicts(atEnd);
      const deciding = parts.deciding(verdicts);
      const verdict = allOf(deciding.map((part) => part.verdict));
      const have = deciding.filter((part) => part.verdict === 'shown').length;
      const progress = { have, need: deciding.length };
      if (verdict === 'unknown') return { ...unknown('parts', progress), parts: verdicts };
      const against = deciding.filter((part) => part.verdict === 'violated');
      const { facts, at } = verdict === 'shown' ? joined(deciding) : earliest(against);
      return { verdict, facts, at, progress, missing: null, parts: verdicts };
    },
  };
};
