import type { Fact, FactType, NewFact } from '../kernel/fact';
import type { Setting } from './fold';
import type { Match } from './goal';
import { matcher } from './match';

/** A stored fact as the machine wrote it. Absent numbers stay −1: every fold reads them as absent. */
export function asMade(fact: Fact, is: FactType): NewFact {
  const { subject, message, position, amount, group, detail } = fact;
  return { is, subject, message, position, amount, group, detail };
}

/** Does a stored fact match? For looking moments up in a history by the words of a goal. */
export function storedMatcher(match: Match, setting: Setting): (fact: Fact) => boolean {
  const { takes, fits } = matcher(match, setting);
  return (fact) => {
    const is = { kind: fact.kind, name: fact.type, index: -1 };
    return takes(is) && fits(fact.process, asMade(fact, is));
  };
}
