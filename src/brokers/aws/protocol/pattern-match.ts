/**
 * Whether a message meets a pattern. A message is looked at as its leaves: each value with the path to it, and which
 * element of which array it lies in, since fields of one array's elements must be met by the same element (event-ruler's
 * array consistency). A path's name joins keys with dots, so that "a.b" is also b in a.
 */
import { addressDigits } from './ip';
import type { Branch, Condition, Pattern } from './pattern';

/** A value in a message. */
export interface Leaf {
  readonly path: string;
  readonly value: LeafValue;
  /** Arrays around it by their number, and the element of each in which it lies. */
  readonly within: readonly (readonly [array: number, index: number])[];
}

/** `binary` is there, and is like nothing. */
export type LeafValue =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly number: number }
  | { readonly is: 'literal'; readonly text: string }
  | { readonly is: 'binary' };

/** Whether one of the branches is met. */
export function meets(pattern: Pattern, leaves: readonly Leaf[]): boolean {
  const byPath = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const known = byPath.get(leaf.path);
    if (known) known.push(leaf);
    else byPath.set(leaf.path, [leaf]);
  }
  return pattern.some((branch) => meetsFields([...branch], 0, byPath, []));
}

type Fields = readonly (readonly [string, Branch extends ReadonlyMap<string, infer Field> ? Field : never])[];

/** The fields from `at` on, where the elements of arrays that were looked at so far are chosen. */
function meetsFields(
  fields: Fields,
  at: number,
  byPath: ReadonlyMap<string, readonly Leaf[]>,
  chosen: Leaf['within'],
): boolean {
  if (at === fields.length) return true;
  const [path, { conditions }] = fields[at];
  const leaves = byPath.get(path) ?? [];
  const mayMiss = conditions.some((condition) => condition.is === 'exists' && !condition.exists);
  if (leaves.length === 0) return mayMiss && meetsFields(fields, at + 1, byPath, chosen);
  return leaves.some(
    ({ value, within }) =>
      isConsistent(within, chosen) &&
      conditions.some((condition) => fits(condition, value)) &&
      meetsFields(fields, at + 1, byPath, [...chosen, ...within]),
  );
}

function isConsistent(within: Leaf['within'], chosen: Leaf['within']): boolean {
  return within.every(([array, index]) => chosen.every((other) => other[0] !== array || other[1] === index));
}

function fits(condition: Condition, value: LeafValue): boolean {
  switch (condition.is) {
    case 'exists':
      return condition.exists;
    case 'anything-but':
      return value.is !== 'binary' && !condition.conditions.some((excluded) => fits(excluded, value));
    case 'number':
      return value.is === 'number' && value.number === condition.number;
    case 'range':
      return value.is === 'number' && inRange(value.number, condition);
    case 'literal':
      return value.is === 'literal' && value.text === condition.text;
    default:
      return value.is === 'text' && fitsText(condition, value.text);
  }
}

function inRange(number: number, { low, high }: Extract<Condition, { is: 'range' }>): boolean {
  if (low && (low.open ? number <= low.number : number < low.number)) return false;
  return !high || (high.open ? number < high.number : number <= high.number);
}

function fitsText(
  condition: Exclude<Condition, { is: 'exists' | 'anything-but' | 'number' | 'range' | 'literal' }>,
  text: string,
): boolean {
  switch (condition.is) {
    case 'text':
      return text === condition.text;
    case 'prefix':
      return text.startsWith(condition.text);
    case 'suffix':
      return text.endsWith(condition.text);
    case 'equals-ignore-case':
      return text.toLowerCase() === condition.text.toLowerCase();
    case 'wildcard':
      return fitsWildcard(condition.text, text);
    case 'cidr': {
      const digits = addressDigits(text);
      const { from, to } = condition.addresses;
      return digits !== null && digits.length === from.length && digits >= from && digits <= to;
    }
  }
}

/** `*` stands for any characters; `\` before it, or before another `\`, takes its meaning away. */
function fitsWildcard(wildcard: string, text: string): boolean {
  const pieces = ['']; // between the stars
  for (let at = 0; at < wildcard.length; at++) {
    if (wildcard[at] === '*') pieces.push('');
    else pieces[pieces.length - 1] += wildcard[at] === '\\' ? wildcard[++at] : wildcard[at];
  }
  if (pieces.length === 1) return text === pieces[0];
  const last = pieces.pop()!;
  const [first, ...middle] = pieces;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const piece of middle) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return from <= text.length - last.length;
}

/** A value of JSON as its leaves. Empty arrays and objects have none, so that they do not exist. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let arrays = 0;
  const walk = (part: unknown, path: string, within: Leaf['within']): void => {
    if (Array.isArray(part)) {
      const array = arrays++;
      part.forEach((item, index) => walk(item, path, [...within, [array, index]]));
    } else if (typeof part === 'object' && part !== null) {
      for (const [key, item] of Object.entries(part))
        walk(item, path === '' ? key : `${path}.${key}`, within);
    } else leaves.push({ path, value: leafValue(part), within });
  };
  walk(value, '', []);
  return leaves;
}

export function leafValue(value: unknown): LeafValue {
  if (typeof value === 'string') return { is: 'text', text: value };
  if (typeof value === 'number') return { is: 'number', number: value };
  return { is: 'literal', text: String(value) };
}
