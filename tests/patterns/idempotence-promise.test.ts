/** What an idempotent consumer promises, in whole runs with crashes at random moments and between random steps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crashAt, statement, type Bank } from '../../lessons/05-four-pitfalls/20-twice/bank';
import type { ScheduledAction } from '../../src/scenario/scenario';
import { runBank } from '../helpers/ledger-world';

const numRuns = process.env.LONG ? 1000 : 40;
const entries = statement('anna');
const all = ['LG+500', 'LG−200', 'LG+700'];
/** Long after the last entry and the last crash. */
const endMs = 60_000;

const atMs = fc.integer({ min: 500, max: 24_000 });
const pinned = fc
  .record({ atMs, step: fc.constantFrom('apply', 'commit', 'committed', 'note') })
  .map(({ atMs: at, step }) => crashAt(at, step));
const struck = atMs.map((at): ScheduledAction => {
  return { atMs: at, action: { class: 'fault', name: 'crash', target: 'account', options: {} } };
});
const crashes = fc.array(fc.oneof(pinned, struck), { maxLength: 5 });

/** How often each entry was applied. An entry that is refused because another was lost is not applied. */
async function timesApplied(
  setup: Omit<Bank, 'entries' | 'endMs'>,
  seed: number,
): Promise<readonly number[]> {
  const run = await runBank({ entries, endMs, ...setup }, seed);
  const applied = run.labels('applied');
  return all.map((label) => applied.filter((each) => each === label).length);
}

async function always(setup: Partial<Bank>, holds: (times: readonly number[]) => boolean): Promise<void> {
  await fc.assert(
    fc.asyncProperty(crashes, fc.nat(10_000), async (schedule, seed) => {
      const times = await timesApplied({ ...setup, schedule }, seed);
      if (!holds(times)) throw new Error(`applied ${times.join(', ')} times`);
    }),
    { numRuns },
  );
}

const never = (times: number) => times <= 1;
const atLeast = (times: number) => times >= 1;

describe('wherever it crashes', () => {
  test(
    'in the transaction of the effect: every entry is applied once',
    () => always({ ids: 'together' }, (times) => times.every((one) => one === 1)),
    120_000,
  );

  test(
    'with no ids, committed after the work: every entry is applied, once or more often',
    () => always({}, (times) => times.every(atLeast)),
    120_000,
  );

  test(
    'with no ids, committed before the work: no entry is applied twice',
    () => always({ commit: 'before' }, (times) => times.every(never)),
    120_000,
  );

  test(
    'committed before the work, ids do not bring back what is lost, and nothing is applied twice',
    () => always({ commit: 'before', ids: 'together' }, (times) => times.every(never)),
    120_000,
  );

  test(
    'noted before the effect: no entry is applied twice',
    () => always({ ids: 'first' }, (times) => times.every(never)),
    120_000,
  );

  test(
    'noted after the effect: every entry is applied, once or more often',
    () => always({ ids: 'last' }, (times) => times.every(atLeast)),
    120_000,
  );
});

describe('two transactions can be torn apart', () => {
  test('noted first: a crash before the effect loses it', async () => {
    expect(await timesApplied({ ids: 'first', schedule: [crashAt(8000, 'apply')] }, 1)).toEqual([1, 0, 1]);
  });

  test('noted afterwards: a crash before the note repeats it', async () => {
    expect(await timesApplied({ ids: 'last', schedule: [crashAt(8000, 'note')] }, 1)).toEqual([1, 2, 1]);
  });

  test('without ids a crash before the commit repeats it', async () => {
    expect(await timesApplied({ schedule: [crashAt(8000, 'commit')] }, 1)).toEqual([1, 2, 1]);
  });

  test('in one transaction the same crash is skipped over, and a fact says so', async () => {
    const run = await runBank({ entries, endMs, ids: 'together', schedule: [crashAt(8000, 'commit')] });
    expect(run.labels('skipped')).toEqual(['LG−200']);
    expect(run.labels('redelivered')).toEqual(['LG−200']);
    expect(run.balances).toEqual({ anna: 1000 });
  });

  test('a refusal is remembered like any effect: it is not decided again', async () => {
    const early = 'anna-200 anna+500';
    const run = await runBank({
      entries: early,
      endMs,
      ids: 'together',
      schedule: [crashAt(3000, 'commit')],
    });
    expect(run.labels('refused')).toEqual(['LG−200']);
    expect(run.balances).toEqual({ anna: 500 });
  });
});
