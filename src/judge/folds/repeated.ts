import type { FactId } from '../../kernel/fact';
import type { MakeFold } from '../fold';
import { matcher } from '../match';
import { sortedBy } from '../same';
import { neverHappened, remember, shown, unknown, upTo, type Evidence } from '../verdict';

interface Tally {
  count: number;
  readonly facts: FactId[];
}

/** Facts that agree in all of `same`, `times` of them: wanted, or (expecting none) forbidden. */
export const repeatedFold: MakeFold<'repeated'> = ({ of, same, times, expect }, { setting }) => {
  const wanted = matcher(of, setting);
  const tallyOf = sortedBy<Tally>(same, () => ({ count: 0, facts: [] }));
  let most = 0;
  let found: Evidence | null = null;
  return {
    route: (is) =>
      wanted.takes(is)
        ? (id, time, process, _cause, fact) => {
            if (found !== null || !wanted.fits(process, fact)) return;
            const tally = tallyOf(process, fact);
            if (tally === null) return;
            tally.count++;
            remember(tally.facts, id);
            if (tally.count > most) most = tally.count;
            if (tally.count >= times) found = { facts: upTo(id, tally.facts), at: time };
          }
        : null,
    outcome: (atEnd) => {
      if (expect === 'none') return neverHappened(found, most > 0, { facts: [], at: null }, atEnd);
      const progress = { have: most, need: times };
      return found ? shown(found, progress) : unknown('wanted', progress);
    },
  };
};
