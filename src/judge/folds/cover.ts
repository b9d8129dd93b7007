import type { Fold, MakeFold } from '../fold';
import { shown, unknown } from '../verdict';
import { counterOf } from './count';

/** Minimum workload: shown when reached, never violated, and until then the whole goal is unknown. */
export const coverFold: MakeFold<'cover'> = ({ of, is }, bench) => {
  const counter = counterOf(of, is, bench);
  const fold: Fold = {
    route: counter.route,
    outcome: () => {
      const { enough, tooMany, progress } = counter.tally();
      return enough && !tooMany ? shown(enough, progress) : unknown('wanted', progress);
    },
  };
  bench.covers.push(fold);
  return fold;
};
