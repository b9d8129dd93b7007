import type { FactType, NewFact } from '../kernel/fact';
import type { Setting } from './fold';
import type { Match } from './goal';

type Test = (process: string, fact: NewFact) => boolean;

/** A Match made ready: kind and type are asked once per fact type, the rest once per fact. */
export interface Matcher {
  /** Can facts of this type match at all? */
  readonly takes: (is: FactType) => boolean;
  /** For a fact of a type it takes: does everything else hold? */
  readonly fits: Test;
}

export function matcher(match: Match, setting: Setting): Matcher {
  const kinds = listed(match.kind);
  const types = listed(match.type);
  return {
    takes: (is) => (!kinds || kinds.includes(is.kind)) && (!types || types.includes(is.name)),
    fits: both([...wordTests(match, setting), ...numberTests(match)]),
  };
}

/** The part of an address that names the place: "shop-events" in "kafka/shop-events/0"; '' when there is none. */
export function placeIn(subject: string): string {
  const start = subject.indexOf('/') + 1;
  if (start === 0) return '';
  const end = subject.indexOf('/', start);
  return end === -1 ? subject.slice(start) : subject.slice(start, end);
}

/** The process an address belongs to: "kafka" in "kafka/shop-events/0", "search-index" in itself. */
export function ownerOf(subject: string): string {
  const end = subject.indexOf('/');
  return end === -1 ? subject : subject.slice(0, end);
}

/** `ask`, asked once per word: processes and subjects are few, facts are many. */
export function once(ask: (word: string) => boolean): (word: string) => boolean {
  const known = new Map<string, boolean>();
  return (word) => {
    let answer = known.get(word);
    if (answer === undefined) known.set(word, (answer = ask(word)));
    return answer;
  };
}

function wordTests(match: Match, setting: Setting): Test[] {
  const { role, on, group, domain, key } = match;
  const tests: Test[] = [];
  if (group !== undefined) tests.push((_, fact) => fact.group === group);
  if (role !== undefined) {
    const hasRole = once((process) => setting.roleOf(process) === role);
    tests.push((process) => hasRole(process));
  }
  if (on !== undefined) {
    const isThere = once((subject) => placeIn(subject) === on || setting.roleOf(ownerOf(subject)) === on);
    tests.push((_, fact) => isThere(fact.subject));
  }
  if (domain !== undefined) {
    tests.push((_, fact) => {
      const message = fact.message ?? -1;
      return message >= 0 && setting.bodyOf(message).domain === domain;
    });
  }
  if (key !== undefined) {
    tests.push((_, fact) => {
      const message = fact.message ?? -1;
      return message >= 0 && setting.bodyOf(message).key === key;
    });
  }
  return tests;
}

function numberTests(match: Match): Test[] {
  const { positionMin, positionMax, amountMin, amountMax, backMin } = match;
  const tests: Test[] = [];
  if (positionMin !== undefined || positionMax !== undefined) {
    const min = Math.max(positionMin ?? 0, 0);
    const max = positionMax ?? Infinity;
    tests.push((_, fact) => {
      const position = fact.position ?? -1;
      return position >= min && position <= max;
    });
  }
  if (amountMin !== undefined || amountMax !== undefined) {
    const min = amountMin ?? -Infinity;
    const max = amountMax ?? Infinity;
    tests.push((_, fact) => {
      const amount = fact.amount ?? 0;
      return amount >= min && amount <= max;
    });
  }
  if (backMin !== undefined) {
    tests.push((_, fact) => {
      const position = fact.position ?? -1;
      return fact.is.kind === 'sought' && position >= 0 && (fact.amount ?? 0) - position >= backMin;
    });
  }
  return tests;
}

function both(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (tests.length === 2) return (process, fact) => first(process, fact) && second(process, fact);
  return (process, fact) => tests.every((test) => test(process, fact));
}

function listed<Word>(words: Word | readonly Word[] | undefined): readonly Word[] | null {
  if (words === undefined) return null;
  return Array.isArray(words) ? (words as readonly Word[]) : [words as Word];
}
