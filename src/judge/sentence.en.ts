/** English grammar of goals: short declarative sentences, present tense for what is asked, past for what broke. */
import type { Catalogue, Happening } from './catalogue';
import type { Bound, Expect, Same } from './goal';
import {
  readOf,
  verbOf,
  isPassive,
  one,
  no,
  indefinite,
  plural,
  nounOf,
  after,
  because,
  back,
  tail,
  besides,
  shared,
  happens,
} from './phrases.en';
import { things } from './words.en';

export const english: Catalogue = {
  statement: (phrase) => phrase.charAt(0).toUpperCase() + phrase.slice(1),

  asks: {
    some: happens,
    none: (of, since) => doesNotHappen(of) + after(since),
    count: counted,
    // "At least one" asks for it to happen; "enough happens: at least 1" would say no more.
    cover: (of, is) =>
      is.min === 1 && is.max === undefined ? happens(of) : `enough happens: ${counted(of, is)}`,
    repeated,
    caused,
    seq: (steps, same, within, expect) =>
      expect === 'none' ? neverInOrder(steps, same, within) : inOrder(steps, same, within, 'one'),
    span: spanned,
    final: (left, is, right, since) =>
      `${left} ends ${is === 'equal' ? 'equal to' : 'different from'} ${right}${after(since)}`,
    share: shareOf,
    distinct: (of, by, least, then) =>
      `${plural(of, least)} ${verbOf(of).many} in at least ${least} different ${byWords[by]}${tail(of)}` +
      (then ? `, and each time ${happens(then)} afterwards` : ''),
    last: (of, is) => `${lastAmount(of)} is ${span(is)}`,
    answer: (answer) => `the answer is “${answer}”`,
    during: (from, to, parts) => `${windowOf(from, to)}${bothOrAll(parts)}`,
    waiting: (topic, group, least) =>
      `at least ${least} ${least === 1 ? 'event waits' : 'events wait'} for ${group}${topic === '' ? '' : ` in ${topic}`}`,
    all: bothOrAll,
    any: (parts) => (parts.length > 1 ? `either ${parts.join(', or ')}` : parts.join()),
  },

  missing: {
    nothingHappened: 'nothing has happened.',
    theEnd: 'it holds so far, and the end of the run decides.',
    happening: (of) => `${hasNotHappened(of, tail(of))}.`,
    condition: (of) => {
      const noun = nounOf(of);
      return noun ? `${noun} has not happened.` : `${hasNotHappened(of, tail(of))}.`;
    },
    repeated: (of, same, times) =>
      `${hasNotHappened(of, ` ${timesWord(times)}${shared(besides(of, same), false)}${tail(of)}`)}.`,
    caused: (of, from) => `${hasNotHappened(of, tail(of) + because(from))}.`,
    counted: (of, { have, need }) => {
      const { thing, definite } = readOf(of);
      return `${have} of ${need} ${thing.counted && !definite ? plural(of, need) : 'times'} so far.`;
    },
    steps: ({ have, need }) => `${have} of ${need} steps so far.`,
    rows: ({ have, need }) => `${have} of ${need} rows agree so far.`,
    difference: (left, right) => `${left} equals ${right} so far.`,
    contents: (table) => `${table} is empty.`,
    measurements: 'nothing has been measured.',
    measure: 'so far it is not so.',
    share: ({ have, need }) => `${have} of ${need} so far.`,
    waiting: ({ have, need }) => `${have} of ${need} waited at the most.`,
    answer: 'the question has no answer yet.',
    otherAnswer: 'another answer has been given.',
  },

  broke: {
    none: (of, since) => `${one(of)} ${verbOf(of).past}${back(of)}${tail(of)}${after(since)}.`,
    count: (of, max) => {
      const { words, thing, definite } = readOf(of);
      if (max === 0) return `${one(of)} ${words.verb.past}${back(of)}${tail(of)}.`;
      if (definite || !thing.counted) {
        return `${one(of)} ${words.verb.past}${back(of)} more than ${timesWord(max)}${tail(of)}.`;
      }
      return `more than ${max} ${plural(of, max)} ${max === 1 ? words.verb.past : words.verb.pastMany}${tail(of)}.`;
    },
    repeated: (of, same, times) => {
      if (countsThings(of, same)) {
        return `${times} ${plural(of, times)} ${verbOf(of).pastMany}${shared(besides(of, same), false)}${tail(of)}.`;
      }
      return `${one(of)} ${verbOf(of).past}${back(of)} ${timesWord(times)}${shared(besides(of, same), false)}${tail(of)}.`;
    },
    caused: (of, from) => `${one(of)} ${verbOf(of).past}${tail(of)}${because(from)}.`,
    seq: (steps, same, within) => `${inOrder(steps, same, within, 'past')}.`,
    span: (asked) => `it did not hold that ${asked}.`,
    equal: (left, right, rows) =>
      rows
        ? `${left} and ${right} agree on ${rows.have} of ${rows.need} rows.`
        : `${left} differs from ${right}.`,
    different: (left, right) => `${left} equals ${right}.`,
    any: (parts) => `none of these held: ${parts.join('; ')}.`,
  },

  proved: (at) => (at === null ? 'Proved.' : `Proved at ${at}.`),
  notProvedYet: (why) => `Not proved yet: ${why}`,
  broken: (at, what) => `Broken at ${at ?? 'the end'}: ${what}`,

  notes: {
    proved: 'proved',
    notYet: 'not yet',
    holdsSoFar: 'holds so far',
    broken: (at) => (at === null ? 'not at the end' : `broken at ${at}`),
    progress: ({ have, need }) => `${have} of ${need}`,
  },
};

// What happens, and how often.

function doesNotHappen(of: Happening): string {
  const { definite, isFlag } = readOf(of);
  const bounded = of.back !== null || of.position !== null || of.amount !== null;
  if (isFlag && !bounded) return `${definite ?? 'every flag'} stays where it is${tail(of)}`;
  return `${neverDoes(of)}${back(of)}${tail(of)}`;
}

/** Subject and verb of what does not happen: "nothing is published", "the flag of cache never moves". */
function neverDoes(of: Happening): string {
  const { words, definite } = readOf(of);
  if (!definite) return `${no(of)} ${words.verb.one}`;
  return isPassive(words.verb)
    ? `${definite} is never ${words.verb.short}`
    : `${definite} never ${words.verb.one}`;
}

function hasNotHappened(of: Happening, rest: string): string {
  const { words, definite } = readOf(of);
  const subject = definite ? `${definite} has not` : `${no(of)} has`;
  return `${subject} ${words.verb.perfect}${back(of)}${rest}`;
}

function counted(of: Happening, is: Bound): string {
  if (is.max === 0) return doesNotHappen(of);
  const { words, thing, definite } = readOf(of);
  if (definite || !thing.counted) {
    return `${one(of)} ${words.verb.one}${back(of)} ${quantity(is, timesWord, ' times')}${tail(of)}`;
  }
  const amount = is.max ?? is.min ?? 0;
  const verb = amount === 1 ? words.verb.one : words.verb.many;
  return `${quantity(is, String, '')} ${plural(of, amount)} ${verb}${tail(of)}`;
}

function repeated(of: Happening, same: readonly Same[], times: number, expect: Expect): string {
  const { words } = readOf(of);
  if (countsThings(of, same)) {
    if (expect === 'some') {
      return `at least ${times} ${plural(of, times)} ${words.verb.many}${shared(besides(of, same), false)}${tail(of)}`;
    }
    const most = times - 1;
    const verb = most === 1 ? words.verb.one : words.verb.many;
    return `at most ${most} ${plural(of, most)} ${verb}${shared(besides(of, same), true)}${tail(of)}`;
  }
  const doer = doerOf(of, same, expect);
  if (doer && words.does) {
    const others = besides(of, same).filter((field) => field !== doer.field);
    const rest = shared(others, false) + tail({ ...of, [doer.said]: '' });
    return `${doer.subject} ${words.does} ${one(of)} ${timesWord(times)}${rest}`;
  }
  const start = expect === 'some' ? `${one(of)} ${words.verb.one}` : neverDoes(of);
  return `${start}${back(of)} ${timesWord(times)}${shared(besides(of, same), false)}${tail(of)}`;
}

/** Who does it, when the facts have their group or their process in common. */
function doerOf(of: Happening, same: readonly Same[], expect: Expect) {
  const said = (name: string) => (expect === 'none' ? `${name} never` : name);
  const some = expect === 'none' ? 'no' : 'one';
  if (same.includes('group')) {
    const subject = of.group ? said(`group ${of.group}`) : `${some} group`;
    return { field: 'group', said: 'group', subject } as const;
  }
  if (!same.includes('process')) return null;
  return { field: 'process', said: 'role', subject: of.role ? said(of.role) : `${some} process` } as const;
}

/** Different things that have something in common, rather than one thing again and again. */
function countsThings(of: Happening, same: readonly Same[]): boolean {
  const { thing, definite } = readOf(of);
  return !same.includes('message') && thing.counted === true && definite === null;
}

function caused(of: Happening, from: Happening, expect: Expect): string {
  const { words, definite } = readOf(of);
  const noun = nounOf(from);
  if (noun && words.brings && !definite) {
    return `${noun} ${words.brings} ${expect === 'some' ? one(of) : no(of)}${tail(of)}`;
  }
  return (expect === 'some' ? happens(of) : `${neverDoes(of)}${back(of)}${tail(of)}`) + because(from);
}

function inOrder(
  steps: readonly Happening[],
  same: readonly Same[],
  within: string | null,
  tense: 'one' | 'past',
): string {
  const limit = within === null ? '' : `, within ${within}`;
  const whole = (step: Happening) => `${one(step)} ${verbOf(step)[tense]}${back(step)}${tail(step)}`;
  const oneEvent = same.includes('message') && steps.every((step) => readOf(step).thing === things.event);
  if (!oneEvent) return `first ${steps.map(whole).join(', then ')}${shared(same, false)}${limit}`;
  const again = (step: Happening) => (isPassive(verbOf(step)) ? verbOf(step).short : verbOf(step)[tense]);
  const [first, ...rest] = steps;
  const later = rest.map((step) => `, then ${again(step)}${tail(step)}`);
  return `${whole(first)}${later.join('')}${shared(same, false)}${limit}`;
}

/** "No order that is answered is stored afterwards", where two different things are said of one message. */
function neverInOrder(steps: readonly Happening[], same: readonly Same[], within: string | null): string {
  const [first, second] = steps;
  const twoThings = steps.length === 2 && readOf(first).thing !== readOf(second).thing;
  if (!twoThings || !same.includes('message') || within !== null)
    return `it never happens that ${inOrder(steps, same, within, 'one')}`;
  // Who answered it is where it happens afterwards, too.
  const there = { ...second, role: second.role === first.on ? '' : second.role };
  const whose = `${no(first)} that ${verbOf(first).one}${tail(first)}`;
  return `${whose} ${verbOf(second).one}${tail(there)} afterwards`;
}

function spanned(
  from: Happening,
  to: Happening,
  percentile: number,
  min: string | null,
  max: string | null,
): string {
  // Where both ends are in one place it is said once.
  const start = from.on === to.on ? { ...from, on: '' } : from;
  const way = `from ${verbOf(from).short}${tail(start)} to ${verbOf(to).short}${tail(to)}`;
  if (max !== null && min === null) {
    if (percentile === 100) return `${indefinite(from, 'every')} takes at most ${max} ${way}`;
    return `${percentile}% of ${plural(from, 2)} take at most ${max} ${way}`;
  }
  const bound = max === null ? `at least ${min}` : `between ${min} and ${max}`;
  return `the ${ordinal(percentile)} percentile of the time ${way} is ${bound}`;
}

/** "every order fails", "at least 99% of orders are answered", "for at most 10% of orders, a call runs unheard". */
function shareOf(of: Happening, among: Happening, { min, max }: Bound, least: number): string {
  const enough = least > 1 ? `, of at least ${least}` : '';
  const one = readOf(of).words.thing === readOf(among).words.thing;
  const whole = one ? of : among;
  if (max === 0) return `${one ? doesNotHappen(of) : `for no ${plural(among, 1)}, ${happens(of)}`}${enough}`;
  const every = min === 1;
  const part = every ? indefinite(whole, 'every') : `${percents(min, max)} of ${plural(whole, 2)}`;
  if (!one) return `for ${part}${tail(among)}, ${happens(of)}${enough}`;
  return `${part} ${every ? verbOf(of).one : verbOf(of).many}${tail(of)}${enough}`;
}

function percents(min: number | undefined, max: number | undefined): string {
  const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;
  if (min !== undefined && min > 0 && max !== undefined) return `${percent(min)} to ${percent(max)}`;
  return max === undefined ? `at least ${percent(min ?? 0)}` : `at most ${percent(max)}`;
}

/** "the balance of Ben", "the last amount applied to the book". */
function lastAmount(of: Happening): string {
  const { words } = readOf(of);
  if (words.amount) return `the ${words.amount}${of.key ? ` of ${of.key}` : tail(of)}`;
  return `the last amount ${words.verb.short}${tail(of)}`;
}

function span({ min, max }: Bound): string {
  if (min !== undefined && max !== undefined) return min === max ? String(min) : `${min} to ${max}`;
  return min === undefined ? `at most ${max}` : `at least ${min}`;
}

const byWords: Readonly<Record<Same | 'detail', string>> = {
  detail: 'ways',
  message: 'events',
  group: 'groups',
  subject: 'places',
  process: 'processes',
  position: 'offsets',
};

/** "between the crash of email and the restart of email, ", "before the crash of email, ". */
function windowOf(from: Happening | null, to: Happening | null): string {
  const moment = (of: Happening) => nounOf(of) ?? `the moment when ${happens(of)}`;
  if (from && to) return `between ${moment(from)} and ${moment(to)}, `;
  if (from) return `after ${moment(from)}, `;
  return to ? `before ${moment(to)}, ` : '';
}

function bothOrAll(parts: readonly string[]): string {
  return parts.length > 2 ? `all of this: ${parts.join('; ')}` : bothOf(parts);
}

function bothOf(parts: readonly string[]): string {
  return parts.length === 2 ? `both ${parts.join(' and ')}` : parts.join();
}

// Numbers.

function quantity({ min, max }: Bound, say: (count: number) => string, unit: string): string {
  if (min !== undefined && min > 0 && max !== undefined) {
    return min === max ? `exactly ${say(min)}` : `${min} to ${max}${unit}`;
  }
  return max === undefined ? `at least ${say(min ?? 0)}` : `at most ${say(max)}`;
}

function timesWord(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`;
}

function ordinal(count: number): string {
  const teens = Math.floor(count) % 100 >= 11 && Math.floor(count) % 100 <= 13;
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[count % 10] ?? 'th';
  return `${count}${teens ? 'th' : ending}`;
}
