import type { FactId, NewFact } from '../../kernel/fact';
import { together, type MakeFold, type See } from '../fold';
import { matcher } from '../match';
import { readSame } from '../same';
import { inOrder, remember, shown, unknown, type Evidence } from '../verdict';

/** Shown by the fact that brings the last of the different values, or by what had to follow it. */
export const distinctFold: MakeFold<'distinct'> = ({ of, by, least, then }, { setting }) => {
  const wanted = matcher(of, setting);
  const follows = then ? matcher(then, setting) : null;
  const valueOf = (process: string, fact: NewFact) =>
    by === 'detail' ? fact.detail || null : readSame(by, process, fact);
  const values = new Set<string | number>();
  const facts: FactId[] = [];
  /** The last matching fact, while nothing has followed it. */
  let waiting: { readonly value: string | number; readonly id: FactId } | null = null;
  let found: Evidence | null = null;

  function add(value: string | number, ids: readonly FactId[], at: number): void {
    if (values.has(value)) return;
    values.add(value);
    for (const id of ids) remember(facts, id);
    if (values.size === least) found = { facts: inOrder([...facts, ...ids]), at };
  }
  const see: See = (id, time, process, _cause, fact) => {
    if (found !== null || !wanted.fits(process, fact)) return;
    const value = valueOf(process, fact);
    if (value === null) return;
    if (follows) waiting = { value, id };
    else add(value, [id], time);
  };
  const follow: See = (id, time, process, _cause, fact) => {
    if (found !== null || waiting === null || !follows!.fits(process, fact)) return;
    const { value, id: first } = waiting;
    waiting = null;
    add(value, [first, id], time);
  };

  return {
    // In this order: no fact follows itself.
    route: (is) => together([follows?.takes(is) ? follow : null, wanted.takes(is) ? see : null]),
    outcome: () => {
      const progress = { have: values.size, need: least };
      return found ? shown(found, { have: least, need: least }) : unknown('wanted', progress);
    },
  };
};
