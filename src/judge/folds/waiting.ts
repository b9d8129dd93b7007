import type { MakeFold, See } from '../fold';
import { placeIn } from '../match';
import { remember, shown, unknown, upTo, type Evidence } from '../verdict';
import type { FactId } from '../../kernel/fact';

/** Adds up, over the partitions of a topic, what lies between the end of the log and the flag of a group. */
export const waitingFold: MakeFold<'waiting'> = ({ group, topic, least }) => {
  const ends = new Map<string, number>();
  const flags = new Map<string, number>();
  const first: FactId[] = [];
  let waits = 0;
  let most = 0;
  let found: Evidence | null = null;

  const accepted: See = (id, time, _process, _cause, fact) => {
    if (found || placeIn(fact.subject) !== topic) return;
    const end = (fact.position ?? 0) + 1;
    waits += end - (ends.get(fact.subject) ?? 0);
    ends.set(fact.subject, end);
    remember(first, id);
    most = Math.max(most, waits);
    if (waits >= least) found = { facts: upTo(id, first), at: time };
  };
  const settled: See = (_id, _time, _process, _cause, fact) => {
    if (found || fact.group !== group || placeIn(fact.subject) !== topic) return;
    const flag = fact.position ?? 0;
    waits -= flag - (flags.get(fact.subject) ?? 0);
    flags.set(fact.subject, flag);
  };

  return {
    route: ({ kind }) => (kind === 'accepted' ? accepted : kind === 'settled' ? settled : null),
    outcome: () => {
      const progress = { have: found ? least : most, need: least };
      return found ? shown(found, progress) : unknown('wanted', progress);
    },
  };
};
