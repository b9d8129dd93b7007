import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadPattern, patternOf } from '../../../../src/brokers/aws/protocol/pattern';
import { leavesOf, meets } from '../../../../src/brokers/aws/protocol/pattern-match';

const matches = (pattern: unknown, value: unknown) =>
  meets(patternOf(JSON.stringify(pattern)), leavesOf(value));

function refusal(pattern: unknown): string {
  try {
    patternOf(JSON.stringify(pattern));
  } catch (error) {
    if (error instanceof BadPattern) return error.message;
    throw error;
  }
  return 'no error';
}

/** The place that AWS names is a column of the pattern's text. */
function at(pattern: unknown, message: string, column: number): string {
  return `${message}\n at [Source: (String)"${JSON.stringify(pattern)}"; line: 1, column: ${column}]`;
}

describe('what AWS says of a text that is no pattern', () => {
  test.each<[unknown, string, number]>([
    [{ key: [['value']] }, 'Match value must be String, number, true, false, or null', 10],
    [{ key: [{ 'wrong-operator': true }] }, 'Unrecognized match type wrong-operator', 31],
    [{ key: [{ suffix: 'value', prefix: 'value2' }] }, 'Only one key allowed in match expression', 37],
    [{ key: [] }, 'Empty arrays are not allowed', 10],
    [{ key: [{ suffix: 100 }] }, 'suffix match pattern must be a string', 22],
    [{ key: [{ suffix: null }] }, 'suffix match pattern must be a string', 23],
    [{ key: { suffix: 'value' } }, '"suffix" must be an object or an array', 19],
    [{ key: [{ suffix: ['test', 'test2'] }] }, 'suffix match pattern must be a string', 20],
    [{ key: { 'not-an-operator': 'value' } }, '"not-an-operator" must be an object or an array', 28],
    [{ key: [{ cidr: ['bad-filter'] }] }, 'prefix match pattern must be a string', 18],
    [{ key: [{ exists: null }] }, 'exists match pattern must be either true or false.', 23],
    [{ key: [{ exists: 'no' }] }, 'exists match pattern must be either true or false.', 20],
    [{ key: [{ numeric: [] }] }, 'Invalid member in numeric match: ]', 22],
    [{ key: [{ numeric: ['operator'] }] }, 'Unrecognized numeric range operator: operator', 32],
    [{ key: [{ numeric: [1, '<='] }] }, 'Invalid member in numeric match: 1', 22],
    [{ key: [{ numeric: ['=', '000'] }] }, 'Value of equals must be numeric', 26],
    [{ key: [{ numeric: ['>='] }] }, 'Value of >= must be numeric', 26],
    [{ key: [{ numeric: ['<', 100, '>', 10] }] }, 'Too many elements in numeric expression', 30],
    [{ key: [{ numeric: ['>=', 1, '>', 2] }] }, 'Bad numeric range operator: >', 31],
    [{ key: [{ numeric: ['>', 3, '<', 1] }] }, 'Bottom must be less than top', 33],
    [{ key: [{ numeric: ['>', 20, '<='] }] }, 'Value of <= must be numeric', 33],
    [{ key: [{ numeric: ['>', 20, 30] }] }, 'Bad value in numeric range: 30', 30],
    [{ key: [{ numeric: ['>', 20, 'test'] }] }, 'Bad numeric range operator: test', 34],
    [{ key: [{ numeric: ['>', '20', '<', '30'] }] }, 'Value of > must be numeric', 26],
    [{ key: [{ numeric: ['>', 20, '<', '30'] }] }, 'Value of < must be numeric', 33],
    [{ key: [{ numeric: ['>', 20, '<', 30, '<', 50] }] }, 'Too many terms in numeric range expression', 36],
    [{ key_a: 'value_one' }, '"key_a" must be an object or an array', 11],
  ])('%j', (pattern, message, column) => {
    expect(refusal(pattern)).toBe(at(pattern, message, column));
  });

  test.each([
    ['bad-filter', "Malformed CIDR, one '/' required"],
    ['bad-filter/64', 'Nonstandard IP address: bad-filter'],
    ['bad-/64filter', 'Malformed CIDR, mask bits must be an integer'],
    ['xx.11.xx/8', 'Nonstandard IP address: xx.11.xx'],
    ['xxxx:db8:1234:1a00::/64', 'Nonstandard IP address: xxxx:db8:1234:1a00::'],
  ])('CIDR %s', (cidr, message) => {
    expect(refusal({ key: [{ cidr }] })).toBe(message);
  });

  test('a long text is shown in part', () => {
    expect(refusal({ key: ['a'.repeat(600), []] })).toContain('"[truncated ');
  });
});

describe('which messages meet a pattern', () => {
  test.each<[unknown, unknown, boolean]>([
    [{ a: ['x', 'y'] }, { a: 'y' }, true],
    [{ a: ['x'], b: ['y'] }, { a: 'x' }, false],
    [{ a: ['5'] }, { a: 5 }, false],
    [{ a: [5] }, { a: 5.0 }, true],
    [{ a: [null] }, {}, false],
    [{ a: [null] }, { a: null }, true],
    [{ a: [{ prefix: 'us-' }] }, { a: 'us-1' }, true],
    [{ a: [{ suffix: '.png' }] }, { a: 'x.png' }, true],
    [{ a: [{ prefix: '1' }] }, { a: 1 }, false],
    [{ a: [{ 'equals-ignore-case': 'TENNIS' }] }, { a: 'tennis' }, true],
    [{ a: [{ wildcard: 'a*b*c' }] }, { a: 'a-b-b-c' }, true],
    [{ a: [{ wildcard: 'a*b*c' }] }, { a: 'acb' }, false],
    [{ a: [{ wildcard: 'ab*ba' }] }, { a: 'aba' }, false],
    [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: 100 }, true],
    [{ a: [{ numeric: ['>', 0, '<=', 100] }] }, { a: 0 }, false],
    [{ a: [{ numeric: ['=', 1] }] }, { a: '1' }, false],
    [{ a: [{ exists: true }] }, { a: 1 }, true],
    [{ a: [{ exists: false }] }, { b: 1 }, true],
    [{ a: [{ exists: false }] }, { a: 1 }, false],
    [{ a: [{ exists: true }] }, { a: [] }, false],
    [{ a: [{ 'anything-but': 'x' }] }, {}, false],
    [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, true],
    [{ a: [{ 'anything-but': [1] }] }, { a: 1 }, false],
    [{ a: [{ 'anything-but': ['x'] }] }, { a: ['x', 'y'] }, true],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'xy' }, false],
    [{ a: { b: ['x'] } }, { a: { b: 'x' } }, true],
    [{ 'a.b': ['x'] }, { a: { b: 'x' } }, true],
    [{ 'a.b.c': ['x'] }, { 'a.b': { c: 'x' } }, true],
    [{ a: { b: ['x'] } }, { a: [[{ b: 'x' }]] }, true],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.256' }, false],
    [{ ip: [{ cidr: '2001:db8:1234:1a00::/64' }] }, { ip: '2001:0db8:1234:1a00:0000:0000:0000:0000' }, true],
    [{ ip: [{ cidr: '2001:db8:1234:1a00::/64' }] }, { ip: '2001:0db8:123f:1a01:0000:0000:0000:0000' }, false],
  ])('%j and %j: %s', (pattern, value, expected) => {
    expect(matches(pattern, value)).toBe(expected);
  });

  test('fields of an array are met by one and the same element', () => {
    const pattern = { records: { name: ['a'], size: [1] } };
    expect(matches(pattern, { records: [{ name: 'a', size: 1 }] })).toBe(true);
    expect(matches(pattern, { records: [{ name: 'a', size: 2 }, { name: 'b', size: 1 }] })).toBe(false); // prettier-ignore
  });

  test('$or stands beside other fields, at every level', () => {
    const pattern = {
      $or: [{ metric: ['cpu'] }, { space: ['ec2'] }],
      detail: { scope: ['s'], $or: [{ source: ['c'] }, { type: ['t'] }] },
    };
    expect(matches(pattern, { metric: 'cpu', detail: { scope: 's', type: 't' } })).toBe(true);
    expect(matches(pattern, { space: 'ec2', detail: { scope: 's', source: 'c' } })).toBe(true);
    expect(matches(pattern, { metric: 'cpu', detail: { scope: 's' } })).toBe(false);
    expect(matches(pattern, { detail: { scope: 's', type: 't' } })).toBe(false);
    expect(refusal({ $or: [{ a: ['x'] }] })).toMatch(/^There must have at least 2 Objects/);
  });
});

test('flat patterns and a naive reading of them agree', () => {
  type Rule = { readonly json: unknown; readonly holds: (value: unknown) => boolean };
  const text = fc.constantFrom('', 'a', 'ab', 'b', 'B', 'abc');
  const number = fc.integer({ min: -2, max: 2 });
  const isText = (value: unknown): value is string => typeof value === 'string';
  const there = (value: unknown) => value !== undefined;
  const rule: fc.Arbitrary<Rule> = fc.oneof(
    text.map((json) => ({ json, holds: (value: unknown) => value === json })),
    number.map((json) => ({ json, holds: (value: unknown) => value === json })),
    fc.constant({ json: null, holds: (value: unknown) => value === null }),
    text.map((t) => ({
      json: { prefix: t },
      holds: (value: unknown) => isText(value) && value.startsWith(t),
    })),
    text.map((t) => ({ json: { suffix: t }, holds: (value: unknown) => isText(value) && value.endsWith(t) })),
    fc.boolean().map((exists) => ({ json: { exists }, holds: (value: unknown) => there(value) === exists })),
    fc.array(text, { minLength: 1, maxLength: 2 }).map((list) => ({
      json: { 'anything-but': list },
      holds: (value: unknown) => there(value) && !(list as readonly unknown[]).includes(value),
    })),
    number.map((n) => ({
      json: { numeric: ['>=', n] },
      holds: (value: unknown) => typeof value === 'number' && value >= n,
    })),
  );
  const field = fc.constantFrom('x', 'y', 'z');
  const patterns = fc.uniqueArray(fc.tuple(field, fc.array(rule, { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    selector: ([name]) => name,
  });
  const value = fc.oneof(text, number, fc.constant(null), fc.boolean());
  const message = fc.dictionary(field, value, { maxKeys: 3, noNullPrototype: true });
  fc.assert(
    fc.property(patterns, message, (pattern, event) => {
      const json = Object.fromEntries(pattern.map(([name, rules]) => [name, rules.map((one) => one.json)]));
      const expected = pattern.every(([name, rules]) => rules.some(({ holds }) => holds(event[name])));
      expect(matches(json, event)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});
