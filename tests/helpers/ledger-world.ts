/** Runs of lesson 20's bank, headless: what stands in its book at the end, and the history that led there. */
import { bank, type Bank } from '../../lessons/05-four-pitfalls/20-twice/bank';
import type { Fact } from '../../src/kernel/fact';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import { buildKernel } from '../../src/scenario/build';
import { loadRegistry, type Registry } from '../../src/scenario/registry';
import type { Recording } from '../../src/scenario/scenario';
import { viewOf } from '../../src/scenario/view';

export interface BankRun {
  /** By account. */
  readonly balances: Readonly<Record<string, number>>;
  readonly facts: readonly Fact[];
  /** Labels of the messages of facts of one kind, in order. */
  labels(kind: Fact['kind']): readonly string[];
}

let registry: Promise<Registry> | null = null;

export async function runBank(setup: Bank, seed = 1): Promise<BankRun> {
  return runRecording({ engine: 'test', scenario: bank(setup), seed, inputs: [] });
}

export async function runRecording(recording: Recording): Promise<BankRun> {
  const { scenario } = recording;
  const parts = await (registry ??= loadRegistry(scenario));
  const trace = new Trace();
  const kernel = buildKernel(recording, parts, trace);
  kernel.runUntil(ms(scenario.endMs));
  const facts = Array.from({ length: trace.length }, (_, id) => trace.fact(id));
  const { shapes } = viewOf(kernel, scenario, parts, { cells: 0, rows: 100, lanes: {} });
  const book = shapes.find((shape) => shape.address === 'account-book');
  const rows = book?.shape === 'store' ? book.rows : [];
  return {
    balances: Object.fromEntries(rows.map(({ key, fields }) => [key, Number(fields['balance'])])),
    facts,
    labels: (kind) =>
      facts
        .filter((fact) => fact.kind === kind && fact.message >= 0)
        .map((fact) => kernel.bodies.get(fact.message).label),
  };
}
