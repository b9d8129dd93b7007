import { together, type MakeFold, type See } from '../fold';
import { matcher } from '../match';
import { partsOf } from '../parts';
import { sortedBy } from '../same';
import { allOf, earliest, joined, unknown } from '../verdict';

/** Lets its clauses see what happens inside its windows; the facts that open and close a window are not inside. */
export const duringFold: MakeFold<'during'> = ({ from, to, same, of }, bench) => {
  const begins = from ? matcher(from, bench.setting) : null;
  const ends = to ? matcher(to, bench.setting) : null;
  const windowOf = sortedBy<{ open: boolean }>(same ?? [], () => ({ open: false }));
  const parts = partsOf(of, bench);
  let openCount = begins ? 0 : 1;
  let begun = !begins;

  const end: See = (_id, _time, process, _cause, fact) => {
    if (openCount === 0 || !ends!.fits(process, fact)) return;
    if (!begins) return void (openCount = 0);
    const window = windowOf(process, fact);
    if (!window?.open) return;
    window.open = false;
    openCount--;
  };
  const begin: See = (_id, _time, process, _cause, fact) => {
    if (!begins!.fits(process, fact)) return;
    const window = windowOf(process, fact);
    if (!window || window.open) return;
    window.open = true;
    begun = true;
    openCount++;
  };

  return {
    route: (is) => {
      const inside = parts.route(is);
      const watched: See | null =
        inside &&
        ((id, time, process, cause, fact) => {
          if (openCount > 0) inside(id, time, process, cause, fact);
        });
      return together([ends?.takes(is) ? end : null, watched, begins?.takes(is) ? begin : null]);
    },
    outcome: (atEnd) => {
      if (!begun) return unknown('condition');
      // A window from the start never opens again: what its end decides stays decided.
      const over = atEnd || (!begins && openCount === 0);
      const verdicts = parts.verdicts(over);
      const verdict = allOf(verdicts.map((part) => part.verdict));
      const have = verdicts.filter((part) => part.verdict === 'shown').length;
      const progress = of.length > 1 ? { have, need: of.length } : verdicts[0].progress;
      if (verdict === 'unknown') {
        const waiting = verdicts.every(({ missing }) => missing === 'waiting' || missing === null);
        return { ...unknown(waiting ? 'waiting' : 'parts', progress), parts: verdicts };
      }
      const against = verdicts.filter((part) => part.verdict === 'violated');
      const { facts, at } = verdict === 'shown' ? joined(verdicts) : earliest(against);
      return { verdict, facts, at, progress, missing: null, parts: verdicts };
    },
  };
};
