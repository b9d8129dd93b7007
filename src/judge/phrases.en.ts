/** English phrases for single happenings: who, what, where, and what it was about. */
import type { Happening } from './catalogue';
import type { Bound, Same } from './goal';
import {
  active,
  anyWords,
  kinds,
  passive,
  things,
  types,
  usualTypes,
  type KindWords,
  type Thing,
  type Verb,
} from './words.en';

interface Reading {
  readonly words: KindWords;
  readonly thing: Thing;
  /** The thing by its name, when the match singles it out: "the flag of cache". */
  readonly definite: string | null;
  /** The part of the match that the name has said already. */
  readonly said: 'group' | 'role' | 'on' | null;
  readonly isFlag: boolean;
}

export function readOf(of: Happening): Reading {
  const words = wordsOf(of);
  const thing: Thing = things[words.thing];
  const said = thing.named?.by.find((field) => of[field] !== '') ?? null;
  const definite = said && thing.named ? thing.named.as(of[said]) : null;
  return { words, thing, definite, said, isFlag: words.thing === 'flag' };
}

function wordsOf({ kinds: wanted, types: names }: Happening): KindWords {
  const ofTypes = names.map((name) => types.get(name));
  if (ofTypes.length > 0 && ofTypes.every((words) => words !== undefined)) return either(ofTypes);
  // In Kafka a commit moves the flag as a seek does; somebody who forbids both forbids moving it.
  if (wanted.includes('sought') && wanted.every((kind) => kind === 'sought' || kind === 'settled')) {
    return kinds.sought;
  }
  return wanted.length === 0 ? anyWords : either(wanted.map((kind) => kinds[kind]));
}

/** Several words as one: the same thing in one of several ways, or else just something. */
function either(options: readonly KindWords[]): KindWords {
  const [first, ...others] = options;
  if (others.length === 0) return first;
  const isOne = others.every((words) => words.verb.one === first.verb.one);
  const verb = isOne ? first.verb : eitherVerb(options.map((words) => words.verb));
  if (others.some((words) => words.thing !== first.thing)) return { thing: 'thing', verb };
  const agreed = (field: 'at' | 'by' | 'forGroup' | 'positionIs' | 'amountIs') =>
    others.every((words) => words[field] === first[field]);
  return {
    thing: first.thing,
    verb,
    ...(first.at && agreed('at') ? { at: first.at } : {}),
    ...(first.by && agreed('by') ? { by: first.by } : {}),
    ...(first.forGroup && agreed('forGroup') ? { forGroup: first.forGroup } : {}),
    ...(first.positionIs && agreed('positionIs') ? { positionIs: first.positionIs } : {}),
    ...(first.amountIs && agreed('amountIs') ? { amountIs: first.amountIs } : {}),
  };
}

function eitherVerb(verbs: readonly Verb[]): Verb {
  if (verbs.every((verb) => verb.one === `is ${verb.short}`))
    return passive(...new Set(verbs.map((verb) => verb.short)));
  const join = (form: keyof Verb) => verbs.map((verb) => verb[form]).join(' or ');
  return { ...active(join('many'), join('one'), join('past')), perfect: join('perfect') };
}

export function isPassive(verb: Verb): boolean {
  return verb.one === `is ${verb.short}`;
}

export function verbOf(of: Happening): Verb {
  return wordsOf(of).verb;
}

export function one(of: Happening): string {
  const { definite, words } = readOf(of);
  if (definite) return definite;
  if (words.thing === 'thing' && !of.domain) return `something${about(of)}`;
  return indefinite(of, 'a');
}

export function no(of: Happening): string {
  const { words } = readOf(of);
  const isEvent = words.thing === 'event' || words.thing === 'thing';
  return isEvent && !of.domain ? `nothing${about(of)}` : indefinite(of, 'no');
}

export function indefinite(of: Happening, article: 'a' | 'no' | 'every'): string {
  const noun = `${of.domain ? `${of.domain} ` : ''}${nounIn(of).one}`;
  return `${article === 'a' && /^[aeiou]/.test(noun) ? 'an' : article} ${noun}${about(of)}`;
}

export function plural(of: Happening, count: number): string {
  const noun = nounIn(of);
  return `${of.domain ? `${of.domain} ` : ''}${count === 1 ? noun.one : noun.many}${about(of)}`;
}

/** " about Ben" */
function about({ key }: Happening): string {
  return key === '' ? '' : ` about ${key}`;
}

/** What has a domain is an event, whatever else is known of it. */
function nounIn(of: Happening): Thing {
  const { thing, words } = readOf(of);
  return of.domain && words.thing === 'thing' ? things.event : thing;
}

/** "the wipe of the search index"; null when the happening has no noun of its own. */
export function nounOf(of: Happening): string | null {
  const { words, said } = readOf(of);
  if (!words.noun) return null;
  return `${words.noun}${said ? ` of ${of[said]}` : ''}${back(of)}${tail(of)}`;
}

export function happens(of: Happening): string {
  return `${one(of)} ${verbOf(of).one}${back(of)}${tail(of)}`;
}

export function after(since: Happening | null): string {
  return since ? ` after ${nounOf(since) ?? happens(since)}` : '';
}

export function because(from: Happening): string {
  const noun = nounOf(from);
  return noun ? ` because of ${noun}` : ` because ${happens(from)}`;
}

export function back(of: Happening): string {
  if (of.back === null) return '';
  return of.back <= 1 ? ' back' : ` back ${of.back} or more`;
}

/** Where, by whom, for whom, at which numbers; without what the subject says already. */
export function tail(of: Happening): string {
  const { words, said, isFlag } = readOf(of);
  const parts: string[] = [];
  if (of.on && said !== 'on') parts.push(`${words.at ?? 'at'} ${of.on}`);
  if (of.role && said !== 'role') parts.push(`${words.by ?? 'by'} ${of.role}`);
  if (of.group && said !== 'group') parts.push(`${(!of.role && words.forGroup) || 'for'} group ${of.group}`);
  const { positionIs = (bound) => `${isFlag ? 'to' : 'at'} offset ${bound}` } = words;
  const { amountIs = (bound) => `with an amount of ${bound}` } = words;
  if (of.position) parts.push(positionIs(range(of.position, 'later', 'earlier')));
  if (of.amount) parts.push(amountIs(range(of.amount, 'more', 'less')));
  const unusual = of.types.filter((name) => !types.has(name) && !usualTypes.has(name));
  if (unusual.length > 0) parts.push(`(${unusual.map(spaced).join(' or ')})`);
  return parts.map((part) => (part.startsWith(',') ? part : ` ${part}`)).join('');
}

/** Fields that say more than the thing itself does: that one process crashes twice is said already. */
export function besides(of: Happening, same: readonly Same[]): readonly Same[] {
  const { thing } = wordsOf(of);
  return same.filter((field) => field !== thing);
}

/** What the facts have in common. `each`: of every one of them, not of some one. */
export function shared(same: readonly Same[], each: boolean): string {
  const others = same.filter((field) => field !== 'message');
  if (each)
    return others.length > 0 ? ` per ${others.map((field) => commonWords[field].what).join(' and ')}` : '';
  return others.map((field) => ` ${commonWords[field].phrase}`).join('');
}

const commonWords = {
  group: { what: 'group', phrase: 'for one group' },
  process: { what: 'process', phrase: 'by one process' },
  subject: { what: 'place', phrase: 'in one place' },
  position: { what: 'offset', phrase: 'at one offset' },
};

function range({ min, max }: Bound, more: string, less: string): string {
  if (min !== undefined && max !== undefined) return min === max ? String(min) : `${min} to ${max}`;
  return min === undefined ? `${max} or ${less}` : `${min} or ${more}`;
}

/** "LagTooHigh" → "lag too high". */
function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}
