import { invariant } from './invariant';
import type { OptionSpec } from './part';

/** What a scenario writes under `options`: plain JSON, by the options' real names. */
export type GivenOptions = Readonly<Record<string, unknown>>;

/** Reads a part's options once, at its birth: the scenario's value if there is one, else the default. */
export interface OptionReader {
  number(name: string): number;
  /** null where the specification's default is null and nothing is given: "off". */
  numberOrNull(name: string): number | null;
  boolean(name: string): boolean;
  string(name: string): string;
  /** A list, written as one or as words separated by spaces or commas. */
  list(name: string): readonly string[];
}

type Value = string | number | boolean | null | readonly string[];

/** Content mistake: an option has a value it cannot have. */
export class BadOption extends Error {
  override readonly name = 'BadOption';
}

/** A reader over `given` that checks types, bounds and choices against the specifications. Throws BadOption. */
export function optionReader(specs: readonly OptionSpec[], given: GivenOptions): OptionReader {
  const value = (name: string): Value => {
    const spec = specs.find((candidate) => candidate.name === name);
    invariant(spec, `option "${name}" is described beside the code that reads it`);
    const own = given[name];
    return own === undefined ? spec.default : checked(spec, own);
  };
  return {
    number: (name) => value(name) as number,
    numberOrNull: (name) => value(name) as number | null,
    boolean: (name) => value(name) as boolean,
    string: (name) => value(name) as string,
    list: (name) => words(value(name)),
  };
}

function checked(spec: OptionSpec, value: unknown): Value {
  if (value === null) {
    if (spec.default === null) return value;
  } else if (Array.isArray(value)) {
    if (spec.type === 'string' && value.every((item) => typeof item === 'string')) return value;
  } else if (isScalar(value) && typeof value === spec.type) {
    if (typeof value === 'number') inBounds(spec, value);
    if (spec.values && !spec.values.includes(String(value))) {
      throw new BadOption(`Option "${spec.name}" is one of ${spec.values.join(', ')}, not ${String(value)}.`);
    }
    return value;
  }
  throw new BadOption(`Option "${spec.name}" is a ${spec.type}, not ${JSON.stringify(value)}.`);
}

function inBounds(spec: OptionSpec, value: number): void {
  const { name, min, max, integer } = spec;
  if (integer && !Number.isInteger(value))
    throw new BadOption(`Option "${name}" is a whole number, not ${value}.`);
  if (!(value >= (min ?? -Infinity) && value <= (max ?? Infinity))) {
    throw new BadOption(`Option "${name}" is between ${min ?? '−∞'} and ${max ?? '∞'}, not ${value}.`);
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function words(value: Value): readonly string[] {
  if (typeof value === 'object' && value !== null) return value;
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((word) => word !== '') : [];
}

/**
 * Reads each options object once: proofs and hunts build one scenario thousands of times. What is read depends on
 * nothing but the object, which nobody changes.
 */
export function readOnce<Setup>(read: (given: GivenOptions) => Setup): (given: GivenOptions) => Setup {
  const known = new WeakMap<GivenOptions, { readonly setup: Setup }>();
  return (given) => {
    let entry = known.get(given);
    if (entry === undefined) known.set(given, (entry = { setup: read(given) }));
    return entry.setup;
  };
}
