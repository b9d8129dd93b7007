/** The shape of a goal. Messages of our own are two lines, problem and remedy; validate.ts puts the others into words. */
import * as v from 'valibot';
import { domains } from '../kernel/bodies';
import { factKinds } from '../kernel/fact';
import type { Clause, Operator } from './goal';

const word = v.pipe(
  v.string(),
  v.minLength(1, 'is empty.\nWrite a name, or leave the field out.'),
  v.maxLength(200, 'is longer than 200 characters.\nUse a shorter name.'),
);
const id = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'is no id.\nUse letters, digits, dot, underscore and hyphen; 64 at most.',
  ),
);
const number = v.pipe(v.number(), v.finite('is no finite number.\nUse a number.'));
const whole = v.pipe(number, v.integer('is no whole number.\nUse a whole number.'));
const count = v.pipe(whole, v.minValue(0, 'is below 0.\nUse 0 or more.'));
const share = v.pipe(
  number,
  v.minValue(0, 'is below 0.\nUse a share from 0 to 1.'),
  v.maxValue(1, 'is above 1.\nUse a share from 0 to 1.'),
);
const durationMs = v.pipe(number, v.minValue(0, 'is below 0.\nUse milliseconds, 0 or more.'));
const maybe = v.exactOptional;

function oneOrMore<Schema extends v.GenericSchema<unknown, string>>(schema: Schema) {
  const list = v.pipe(
    v.array(schema),
    v.minLength(1, 'is an empty list, which nothing can match.\nName one, or leave the field out.'),
    v.maxLength(50, 'has more than 50 entries.\nLeave the field out to match all.'),
  );
  // Decided by what was given, so that a wrong word is named and not "neither a word nor a list".
  return v.lazy(
    (input) => (Array.isArray(input) ? list : schema) as v.GenericSchema<unknown, string | string[]>,
  );
}

const match = v.pipe(
  v.strictObject({
    kind: maybe(oneOrMore(v.picklist(factKinds))),
    type: maybe(oneOrMore(word)),
    role: maybe(word),
    on: maybe(word),
    group: maybe(word),
    domain: maybe(v.picklist(domains)),
    key: maybe(word),
    positionMin: maybe(count),
    positionMax: maybe(count),
    amountMin: maybe(whole),
    amountMax: maybe(whole),
    backMin: maybe(v.pipe(whole, v.minValue(1, 'is below 1.\nGoing back is 1 or more.'))),
  }),
  v.check((it) => Object.keys(it).length > 0, 'matches every fact.\nGive at least a kind.'),
  v.check(
    (it) => it.backMin === undefined || it.kind === 'sought',
    'asks how far back, but not only of moves.\nSet kind to "sought", or leave backMin out.',
  ),
  v.check(
    (it) => inOrder(it.positionMin, it.positionMax) && inOrder(it.amountMin, it.amountMax),
    'has a minimum above its maximum.\nSwap them.',
  ),
);

function bound(schema: v.GenericSchema<number, number>) {
  return v.pipe(
    v.strictObject({ min: maybe(schema), max: maybe(schema) }),
    v.check((it) => it.min !== undefined || it.max !== undefined, 'bounds nothing.\nGive min, max or both.'),
    v.check((it) => inOrder(it.min, it.max), 'has a minimum above its maximum.\nSwap them.'),
  );
}

const table = v.variant('table', [
  v.strictObject({ table: v.literal('seen'), role: word }),
  v.strictObject({ table: v.literal('truth'), topic: word }),
]);
const expect = v.picklist(['some', 'none']);
const sameFields = ['message', 'group', 'subject', 'process', 'position'] as const;
const same = v.pipe(
  v.array(v.picklist(sameFields)),
  v.minLength(
    1,
    'names nothing to have in common.\nName at least one of message, group, subject, process, position.',
  ),
  v.check((fields) => new Set(fields).size === fields.length, 'names a field twice.\nName each once.'),
);
const parts: v.GenericSchema<unknown, Clause[]> = v.pipe(
  v.array(v.lazy(() => clause)),
  v.minLength(1, 'has no clauses, so nothing could show it.\nAdd a clause.'),
);

const op = <Op extends Operator>(name: Op) => v.literal(name);
const expression = v.variant('op', [
  v.strictObject({ op: op('some'), of: match }),
  v.strictObject({ op: op('none'), of: match, since: maybe(match) }),
  v.strictObject({ op: op('count'), of: match, is: bound(count) }),
  v.strictObject({ op: op('cover'), of: match, is: bound(count) }),
  v.strictObject({
    op: op('repeated'),
    of: match,
    same,
    times: v.pipe(whole, v.minValue(2, 'is below 2.\nOnce is no repetition: use 2 or more.')),
    expect: maybe(expect),
  }),
  v.strictObject({ op: op('caused'), of: match, from: match, expect }),
  v.strictObject({
    op: op('seq'),
    of: v.pipe(
      v.array(match),
      v.minLength(2, 'has fewer than 2 steps.\nUse "some" for a single fact.'),
      v.maxLength(10, 'has more than 10 steps.\nSplit it into several clauses.'),
    ),
    same: maybe(same),
    withinMs: maybe(durationMs),
    expect: maybe(expect),
  }),
  v.strictObject({
    op: op('span'),
    from: match,
    to: match,
    percentile: v.pipe(
      number,
      v.gtValue(0, 'is not above 0.\nUse a percentile above 0, up to 100.'),
      v.maxValue(100, 'is above 100.\nUse a percentile above 0, up to 100.'),
    ),
    isMs: bound(durationMs),
  }),
  v.pipe(
    v.strictObject({
      op: op('final'),
      left: table,
      is: v.picklist(['equal', 'different']),
      right: table,
      after: maybe(match),
    }),
    v.check(
      ({ left, right }) => JSON.stringify(left) !== JSON.stringify(right),
      'compares a table with itself.\nName two different tables.',
    ),
  ),
  v.strictObject({
    op: op('share'),
    of: match,
    among: match,
    else: maybe(match),
    is: bound(share),
    least: maybe(count),
  }),
  v.strictObject({
    op: op('distinct'),
    of: match,
    by: v.picklist([...sameFields, 'detail'] as const),
    least: v.pipe(whole, v.minValue(2, 'is below 2.\nUse "some" for a single fact.')),
    then: maybe(match),
  }),
  v.strictObject({ op: op('last'), of: match, is: bound(whole) }),
  v.strictObject({ op: op('answer'), question: id, is: id }),
  v.pipe(
    v.strictObject({ op: op('during'), from: maybe(match), to: maybe(match), same: maybe(same), of: parts }),
    v.check(
      ({ from, to }) => from !== undefined || to !== undefined,
      'has no beginning and no end.\nGive from, to or both; or use "all".',
    ),
  ),
  v.strictObject({
    op: op('waiting'),
    topic: word,
    group: word,
    least: v.pipe(whole, v.minValue(1, 'is below 1.\nAsk for 1 or more.')),
  }),
  v.strictObject({ op: op('all'), of: parts }),
  v.strictObject({ op: op('any'), of: parts }),
]);

const clause: v.GenericSchema<unknown, Clause> = v.strictObject({ id, expression }) as v.GenericSchema<
  unknown,
  Clause
>;

/** A goal as plain data. Limits of size and depth are checked before (validate.ts). */
export const goalSchema = v.strictObject({
  id,
  clauses: parts,
});

function inOrder(min: number | undefined, max: number | undefined): boolean {
  return min === undefined || max === undefined || min <= max;
}
