import { describe, expect, test } from 'vitest';
import { optionReader } from '../../src/kernel/options';
import type { OptionSpec } from '../../src/kernel/part';

const spec = (
  name: string,
  type: OptionSpec['type'],
  value: OptionSpec['default'],
  more = {},
): OptionSpec => ({
  name,
  type,
  default: value,
  unit: '',
  source: 'test',
  takes: 'restart',
  ...more,
});
const specs = [
  spec('acks', 'number', -1, { min: -1, max: 1, values: ['-1', '0', '1'] }),
  spec('autoCommit', 'boolean', true),
  spec('autoCommitInterval', 'number', null),
  spec('prefetch', 'number', 0, { min: 0, max: 65_535, integer: true }),
  spec('topics', 'string', 'a b'),
];
const read = (given: Readonly<Record<string, unknown>>) => optionReader(specs, given);

describe('reading options', () => {
  test('gives the default where nothing is given', () => {
    const options = read({});
    expect(options.number('acks')).toBe(-1);
    expect(options.boolean('autoCommit')).toBe(true);
    expect(options.numberOrNull('autoCommitInterval')).toBeNull();
    expect(options.list('topics')).toEqual(['a', 'b']);
  });

  test('gives what the scenario says', () => {
    const options = read({ acks: 0, autoCommit: false, autoCommitInterval: 5, topics: ['x', 'y'] });
    expect(options.number('acks')).toBe(0);
    expect(options.boolean('autoCommit')).toBe(false);
    expect(options.numberOrNull('autoCommitInterval')).toBe(5);
    expect(options.list('topics')).toEqual(['x', 'y']);
    expect(read({ topics: 'x, y' }).list('topics')).toEqual(['x', 'y']);
  });

  test.each([
    [{ acks: 2 }, '"acks" is between -1 and 1, not 2'],
    [{ acks: 0.5 }, '"acks" is one of -1, 0, 1, not 0.5'],
    [{ acks: NaN }, '"acks" is between -1 and 1'],
    [{ acks: 'all' }, '"acks" is a number, not "all"'],
    [{ acks: null }, '"acks" is a number, not null'],
    [{ acks: [1] }, '"acks" is a number, not [1]'],
  ])('refuses %j in words', (given, words) => {
    expect(() => read(given).number('acks')).toThrow(words);
  });

  test('a whole number where nothing else is meant', () => {
    expect(read({ prefetch: 3 }).number('prefetch')).toBe(3);
    expect(() => read({ prefetch: 1.5 }).number('prefetch')).toThrow('"prefetch" is a whole number, not 1.5');
    expect(() => read({ prefetch: Infinity }).number('prefetch')).toThrow('"prefetch" is a whole number');
  });

  test('off is off only where it may be', () => {
    expect(read({ autoCommitInterval: null }).numberOrNull('autoCommitInterval')).toBeNull();
  });
});
