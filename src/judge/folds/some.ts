import type { MakeFold } from '../fold';
import { matcher } from '../match';
import { shown, unknown, type Evidence } from '../verdict';

/** Shown by the first fact that matches. */
export const someFold: MakeFold<'some'> = ({ of }, { setting }) => {
  const wanted = matcher(of, setting);
  let first: Evidence | null = null;
  return {
    route: (is) =>
      wanted.takes(is)
        ? (id, time, process, _cause, fact) => {
            if (first === null && wanted.fits(process, fact)) first = { facts: [id], at: time };
          }
        : null,
    outcome: () => (first ? shown(first) : unknown('wanted')),
  };
};
