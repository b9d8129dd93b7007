/** How two observations are compared, by the code that the scenario gives them (define.ts). */
import type { Comparison, ConformanceScenario, Observed } from '../define';

/** Where two observations differ first, and how; undefined stands for "not there". */
export interface Difference {
  /** A path: "sent[0].partition". */
  readonly where: string;
  readonly expected: Observed | undefined;
  readonly actual: Observed | undefined;
}

type Seen = Observed | undefined;

/** How what is observed under this name is compared; throws when the scenario does not say. */
export function comparisonOf(scenario: ConformanceScenario, name: string): Comparison {
  const { compare } = scenario;
  if (isComparison(compare)) return compare;
  const own = compare[name];
  if (own === undefined) throw new Error(`${scenario.id} does not say how "${name}" is compared.`);
  return own;
}

/** True when one run says all: everything that is observed is compared exactly. */
export function isExact({ compare }: ConformanceScenario): boolean {
  return isComparison(compare) ? compare === 'D' : Object.values(compare).every((one) => one === 'D');
}

/** The first difference between everything that was observed in two runs; null when there is none. */
export function compareAll(
  scenario: ConformanceScenario,
  recorded: Readonly<Record<string, Observed>>,
  actual: Readonly<Record<string, Observed>>,
): Difference | null {
  for (const name of new Set([...Object.keys(recorded), ...Object.keys(actual)])) {
    const difference = compare(comparisonOf(scenario, name), recorded[name], actual[name], name);
    if (difference) return difference;
  }
  return null;
}

/** The first difference under this code; null when there is none. `where` names the observation. */
export function compare(code: Comparison, recorded: Seen, actual: Seen, where = ''): Difference | null {
  if (recorded === undefined || actual === undefined)
    return recorded === actual ? null : { where, expected: recorded, actual };
  if (code === 'D') return firstDifference(recorded, actual, where);
  if (code === 'P' || code === 'M') return firstOfSorted(recorded, actual, where);
  if ('min' in code) return outOfBounds(code, actual, where);
  // What was recorded has to satisfy it too: else the scenario changed after it was recorded.
  for (const value of [recorded, actual]) {
    const holds =
      code.code === 'I' ? code.holds(value) : code.oneOf.some((one) => textOf(one) === textOf(value));
    const expected = code.code === 'I' ? code.invariant : code.oneOf;
    if (!holds) return { where, expected, actual: value };
  }
  return null;
}

function isComparison(compare: ConformanceScenario['compare']): compare is Comparison {
  return typeof compare === 'string' || 'code' in compare;
}

function firstDifference(expected: Seen, actual: Seen, where: string): Difference | null {
  if (isList(expected) && isList(actual)) {
    const length = Math.max(expected.length, actual.length);
    return first(length, (index) => firstDifference(expected[index], actual[index], `${where}[${index}]`));
  }
  if (isObject(expected) && isObject(actual)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    return first(names.length, (index) => {
      const name = names[index];
      return firstDifference(expected[name], actual[name], where === '' ? name : `${where}.${name}`);
    });
  }
  return Object.is(expected, actual) ? null : { where, expected, actual };
}

function first(length: number, find: (index: number) => Difference | null): Difference | null {
  for (let index = 0; index < length; index++) {
    const difference = find(index);
    if (difference) return difference;
  }
  return null;
}

/** Lists, compared without the order of what is in them; what is in them, exactly. Lanes by name are exact anyway. */
function firstOfSorted(expected: Observed, actual: Observed, where: string): Difference | null {
  if (!isList(expected) || !isList(actual)) return firstDifference(expected, actual, where);
  const rest = actual.map(textOf);
  for (const entry of expected) {
    const index = rest.indexOf(textOf(entry));
    if (index < 0) return { where: `${where}[*]`, expected: entry, actual };
    rest.splice(index, 1);
  }
  return rest.length === 0 ? null : { where: `${where}[*]`, expected, actual };
}

function outOfBounds(
  { min, max }: { readonly min: number; readonly max: number },
  actual: Observed,
  where: string,
): Difference | null {
  if (isList(actual))
    return first(actual.length, (index) => outOfBounds({ min, max }, actual[index], `${where}[${index}]`));
  const within = typeof actual === 'number' && actual >= min && actual <= max;
  return within ? null : { where, expected: `${min} to ${max} ms`, actual };
}

function isList(value: Seen): value is readonly Observed[] {
  return Array.isArray(value);
}

function isObject(value: Seen): value is { readonly [name: string]: Observed } {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The same text for the same value, whatever the order of its fields. */
function textOf(value: Observed): string {
  if (isList(value)) return `[${value.map(textOf).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${textOf(value[name])}`).join()}}`;
}
