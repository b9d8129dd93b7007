/** A goal from outside is checked before it is judged: where it is wrong, what is wrong, what would be right. */
import { describe, expect, test } from 'vitest';
import { BadGoal, checkGoal, clausesMax, depthMax, parseGoal } from '../../src/judge/validate';
import { goalOf, oneOfEach } from './history';
import { rebuild, repeatYourself } from './lesson-goals';

const some = { op: 'some', of: { kind: 'sought' } };
const goalWith = (expression: unknown) => ({ id: 'g', clauses: [{ id: 'it', expression }] });
const inWords = (input: unknown) =>
  checkGoal(input).problems.map(({ path, problem, remedy }) => `${path}: ${problem} ${remedy}`);

test('the goals of lesson 4 pass, also after a journey through JSON', () => {
  for (const goal of [repeatYourself, rebuild]) {
    expect(parseGoal(goal)).toEqual(goal);
    expect(parseGoal(JSON.parse(JSON.stringify(goal)))).toEqual(goal);
  }
});

test.each(oneOfEach.map((expression) => [expression.op, expression] as const))(
  'every operator passes: %s',
  (_, it) => {
    expect(checkGoal(goalOf(it))).toEqual({ goal: goalOf(it), problems: [] });
  },
);

describe('what is wrong is said with its place and its remedy', () => {
  const rows: readonly (readonly [what: string, input: unknown, problem: string])[] = [
    ['no goal at all', null, ': is null. Use an object.'],
    ['no clauses', { id: 'g' }, 'clauses: is missing. Add it.'],
    [
      'an empty list of clauses',
      { id: 'g', clauses: [] },
      'clauses: has no clauses, so nothing could show it. Add a clause.',
    ],
    [
      'a field too many',
      { ...goalWith(some), title: 'x' },
      'title: is no field of this. Check its spelling, or remove it.',
    ],
    [
      'an id with blanks',
      { ...goalWith(some), id: 'my goal' },
      'id: is no id. Use letters, digits, dot, underscore and hyphen; 64 at most.',
    ],
    [
      'an operator that does not exist',
      goalWith({ op: 'sme', of: {} }),
      'clauses[0].expression.op: is "sme". Use one of "some", "none", "count", "cover", "repeated", "caused", "seq", "span", "final", "share", "distinct", "last", "answer", "during", "waiting", "all", "any".',
    ],
    [
      'a misspelt field',
      goalWith({ op: 'some', of: { kind: 'sought', backmin: 3 } }),
      'clauses[0].expression.of.backmin: is no field of this. Check its spelling, or remove it.',
    ],
    [
      'a match of everything',
      goalWith({ op: 'some', of: {} }),
      'clauses[0].expression.of: matches every fact. Give at least a kind.',
    ],
    [
      'an empty list of kinds',
      goalWith({ op: 'some', of: { kind: [] } }),
      'clauses[0].expression.of.kind: is an empty list, which nothing can match. Name one, or leave the field out.',
    ],
    [
      'back of something that does not move',
      goalWith({ op: 'some', of: { kind: 'applied', backMin: 3 } }),
      'clauses[0].expression.of: asks how far back, but not only of moves. Set kind to "sought", or leave backMin out.',
    ],
    [
      'a fraction of an offset',
      goalWith({ op: 'some', of: { kind: 'sought', positionMin: 1.5 } }),
      'clauses[0].expression.of.positionMin: is no whole number. Use a whole number.',
    ],
    [
      'bounds the wrong way round',
      goalWith({ op: 'some', of: { kind: 'sought', positionMin: 3, positionMax: 1 } }),
      'clauses[0].expression.of: has a minimum above its maximum. Swap them.',
    ],
    [
      'a bound of nothing',
      goalWith({ op: 'count', of: { kind: 'applied' }, is: {} }),
      'clauses[0].expression.is: bounds nothing. Give min, max or both.',
    ],
    [
      'a count without its bound',
      goalWith({ op: 'count', of: { kind: 'applied' } }),
      'clauses[0].expression.is: is missing. Add it.',
    ],
    [
      'repeated once',
      goalWith({ op: 'repeated', of: { kind: 'applied' }, same: ['message'], times: 1 }),
      'clauses[0].expression.times: is below 2. Once is no repetition: use 2 or more.',
    ],
    [
      'nothing in common',
      goalWith({ op: 'repeated', of: { kind: 'applied' }, same: [], times: 2 }),
      'clauses[0].expression.same: names nothing to have in common. Name at least one of message, group, subject, process, position.',
    ],
    [
      'a cause without an expectation',
      goalWith({ op: 'caused', of: { kind: 'accepted' }, from: { kind: 'sought' } }),
      'clauses[0].expression.expect: is missing. Add it.',
    ],
    [
      'a sequence of one',
      goalWith({ op: 'seq', of: [{ kind: 'applied' }] }),
      'clauses[0].expression.of: has fewer than 2 steps. Use "some" for a single fact.',
    ],
    [
      'a percentile of 0',
      goalWith({
        op: 'span',
        from: { kind: 'published' },
        to: { kind: 'applied' },
        percentile: 0,
        isMs: { max: 1 },
      }),
      'clauses[0].expression.percentile: is not above 0. Use a percentile above 0, up to 100.',
    ],
    [
      'a table compared with itself',
      goalWith({
        op: 'final',
        left: { table: 'seen', role: 'x' },
        is: 'equal',
        right: { table: 'seen', role: 'x' },
      }),
      'clauses[0].expression: compares a table with itself. Name two different tables.',
    ],
    [
      'a table that does not exist',
      goalWith({
        op: 'final',
        left: { table: 'sen', role: 'x' },
        is: 'equal',
        right: { table: 'truth', topic: 't' },
      }),
      'clauses[0].expression.left.table: is "sen". Use one of "seen", "truth".',
    ],
    [
      'two clauses with one id',
      {
        id: 'g',
        clauses: [
          { id: 'x', expression: some },
          { id: 'y', expression: { op: 'any', of: [{ id: 'x', expression: some }] } },
        ],
      },
      'clauses[1].expression.of[0].id: is used twice: "x". Give each clause its own id.',
    ],
    [
      'a cover inside another clause',
      goalWith({
        op: 'all',
        of: [{ id: 'c', expression: { op: 'cover', of: { kind: 'applied' }, is: { min: 2 } } }],
      }),
      'clauses[0].expression.of[0]: is a cover inside another clause. It counts for the whole goal: move it to the top.',
    ],
  ];
  test.each(rows)('%s', (_, input, problem) => {
    expect(inWords(input)).toEqual([problem]);
  });

  test('a kind that does not exist: all kinds are listed', () => {
    const [problem] = inWords(goalWith({ op: 'some', of: { kind: 'publishd' } }));
    expect(problem).toMatch(
      /^clauses\[0\]\.expression\.of\.kind: is "publishd"\. Use one of "requested", .*"changed"\.$/,
    );
    const [inList] = inWords(goalWith({ op: 'some', of: { kind: ['sought', 'publishd'] } }));
    expect(inList).toMatch(/^clauses\[0\]\.expression\.of\.kind\[1\]: is "publishd"/);
  });

  test('several problems are told at once, and thrown as one error', () => {
    const bad = { id: '', clauses: [{ id: 'it', expression: { op: 'some', of: {} } }] };
    expect(inWords(bad)).toHaveLength(2);
    expect(() => parseGoal(bad)).toThrow(BadGoal);
    expect(() => parseGoal(bad)).toThrow(/^id: is no id.*\nclauses\[0\]\.expression\.of: matches every fact/);
  });
});

describe('limits', () => {
  const clauses = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `c${i}`, expression: some }));
  const nested = (depth: number, level = 1): unknown => ({
    id: `d${level}`,
    expression: level === depth ? some : { op: 'all', of: [nested(depth, level + 1)] },
  });

  test(`${clausesMax} clauses are enough`, () => {
    expect(inWords({ id: 'g', clauses: clauses(clausesMax) })).toEqual([]);
    expect(inWords({ id: 'g', clauses: clauses(clausesMax + 1) })).toEqual([
      'clauses: has more than 40 clauses. A goal that long cannot be read: split it.',
    ]);
  });
  test('clauses inside clauses count too', () => {
    const inner = { id: 'all', expression: { op: 'all', of: clauses(clausesMax) } };
    expect(inWords({ id: 'g', clauses: [inner] })).toEqual([
      'clauses: has more than 40 clauses. A goal that long cannot be read: split it.',
    ]);
  });
  test(`${depthMax} levels are enough`, () => {
    expect(inWords({ id: 'g', clauses: [nested(depthMax)] })).toEqual([]);
    expect(inWords({ id: 'g', clauses: [nested(depthMax + 1)] })).toEqual([
      'clauses: nests more than 6 deep. Join nested clauses of the same operator.',
    ]);
  });
  test('a goal that contains itself is refused, not followed', () => {
    const loop: { id: string; expression: { op: string; of: unknown[] } } = {
      id: 'x',
      expression: { op: 'any', of: [] },
    };
    loop.expression.of.push(loop);
    expect(checkGoal({ id: 'g', clauses: [loop] }).goal).toBeNull();
  });
});
