import type { FactId, FactType } from '../../kernel/fact';
import { together, type MakeFold, type See } from '../fold';
import { matcher } from '../match';
import { neverHappened, type Evidence } from '../verdict';

/** Violated by the first fact that matches and comes after the first `since` fact; shown only at the end. */
export const noneFold: MakeFold<'none'> = ({ of, since }, { setting }) => {
  const banned = matcher(of, setting);
  const start = since ? matcher(since, setting) : null;
  let started: readonly FactId[] | null = start ? null : [];
  let against: Evidence | null = null;

  const lookOut: See = (id, time, process, _cause, fact) => {
    if (started === null || against !== null || !banned.fits(process, fact)) return;
    against = { facts: [...started, id], at: time };
  };
  const begin: See = (id, _time, process, _cause, fact) => {
    if (started === null && start!.fits(process, fact)) started = [id];
  };

  return {
    // In this order: the fact that begins it is not one after the beginning.
    route: (is: FactType) => together([banned.takes(is) ? lookOut : null, start?.takes(is) ? begin : null]),
    outcome: (atEnd) => neverHappened(against, started !== null, { facts: started ?? [], at: null }, atEnd),
  };
};
