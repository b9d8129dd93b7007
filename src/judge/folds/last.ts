import type { FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import type { MakeFold } from '../fold';
import { matcher } from '../match';
import { shown, unknown, violated } from '../verdict';

/** Only the last fact counts: as it stands so far, and finally at the end. */
export const lastFold: MakeFold<'last'> = ({ of, is: { min = -Infinity, max = Infinity } }, { setting }) => {
  const wanted = matcher(of, setting);
  let last: { readonly fact: FactId; readonly at: Time; readonly amount: number } | null = null;
  return {
    route: (is) =>
      wanted.takes(is)
        ? (id, time, process, _cause, fact) => {
            if (wanted.fits(process, fact)) last = { fact: id, at: time, amount: fact.amount ?? 0 };
          }
        : null,
    outcome: (atEnd) => {
      if (last === null) return unknown('wanted');
      const { fact, at, amount } = last;
      if (amount >= min && amount <= max) return shown({ facts: [fact], at });
      return atEnd ? violated({ facts: [fact], at: null }) : unknown('different');
    },
  };
};
