/** Every fingerprint of curriculum.md 1.4, out of runs of lesson 20's bank. */
import { describe, expect, test } from 'vitest';
import { crashAt, statement, type Bank } from '../../lessons/05-four-pitfalls/20-twice/bank';
import type { ScheduledAction } from '../../src/scenario/scenario';
import { runBank } from '../helpers/ledger-world';

const seeds = [1, 2, 3, 4, 5];
const entries = statement('anna');
const endMs = 40_000;
/** Before the first, the second and the third entry comes. */
const [first, second, third] = [3000, 8000, 13_500];
/** From the beginning of the log, by an operator. */
const again: ScheduledAction = {
  atMs: 25_000,
  action: { class: 'operation', name: 'seek', target: 'account', options: { partition: 0, offset: 0 } },
};

const cases: readonly (readonly [string, number, Partial<Bank>, readonly string[]])[] = [
  ['nothing goes wrong', 1000, {}, ['LG+500', 'LG−200', 'LG+700']],
  ['+500 twice', 1500, { schedule: [crashAt(first, 'commit')] }, ['LG+500', 'LG+500', 'LG−200', 'LG+700']],
  ['−200 twice', 800, { schedule: [crashAt(second, 'commit')] }, ['LG+500', 'LG−200', 'LG−200', 'LG+700']],
  ['+700 twice', 1700, { schedule: [crashAt(third, 'commit')] }, ['LG+500', 'LG−200', 'LG+700', 'LG+700']],
  ['−200 lost', 1200, { commit: 'before', schedule: [crashAt(second, 'apply')] }, ['LG+500', 'LG+700']],
  ['+700 lost', 300, { commit: 'before', schedule: [crashAt(third, 'apply')] }, ['LG+500', 'LG−200']],
  ['+500 lost, so −200 is refused', 700, { commit: 'before', schedule: [crashAt(first, 'apply')] }, ['LG+700']],
  ['−200 first, so it is refused', 1200, { entries: 'anna-200 anna+500 anna+700' }, ['LG+500', 'LG+700']],
  ['the whole log twice', 2000, { schedule: [again] }, ['LG+500', 'LG−200', 'LG+700', 'LG+500', 'LG−200', 'LG+700']],
]; // prettier-ignore

describe.each(cases)('%s: %i', (_, balance, setup, applied) => {
  test.each(seeds)('on seed %i', async (seed) => {
    const run = await runBank({ entries, endMs, ...setup }, seed);
    expect(run.balances).toEqual({ anna: balance });
    expect(run.labels('applied')).toEqual(applied);
    const refused = applied.includes('LG−200') ? [] : run.labels('refused');
    expect(refused).toEqual(balance === 700 || setup.entries ? ['LG−200'] : []);
  });
});

test('two faults share 1200: the balance cannot tell them apart, the history can', async () => {
  const lost = await runBank({ entries, endMs, commit: 'before', schedule: [crashAt(second, 'apply')] });
  const refused = await runBank({ entries: 'anna-200 anna+500 anna+700', endMs });
  expect(lost.balances).toEqual(refused.balances);
  expect([lost.labels('refused'), refused.labels('refused')]).toEqual([[], ['LG−200']]);
});

test('a fact that changes a balance carries it, and so does a refusal', async () => {
  const run = await runBank({ entries: 'anna-200 anna+500', endMs });
  const said = run.facts.filter(({ subject }) => subject === 'account-book');
  expect(said.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['refused', 0],
    ['applied', 500],
  ]);
});
