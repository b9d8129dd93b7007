import { describe, expect, test } from 'vitest';
import { factType, type FactKind, type NewFact } from '../../src/kernel/fact';
import { ms, seconds } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import { CallMeasures } from '../../src/scenario/call-measures';
import { Marks } from '../../src/scenario/measures';
import { writeFact } from '../helpers/write-fact';

const kinds: Readonly<Record<string, FactKind>> = {
  OrderPlaced: 'requested',
  OrderAnswered: 'responded',
  OrderFailed: 'failed',
  RequestStalled: 'delayed',
};

/** A history written by hand: milliseconds, type, subject, message, amount. */
type Line = readonly [at: number, type: string, subject: string, message: number, amount?: number];

function write(trace: Trace, lines: readonly Line[]): Trace {
  for (const [at, type, subject, message, amount = 0] of lines) {
    const fact: NewFact = { is: factType(kinds[type], type), subject, message, amount };
    writeFact(trace, trace.length, ms(at), subject, -1, fact);
  }
  return trace;
}

const story: readonly Line[] = [
  [0, 'OrderPlaced', 'api', 1],
  [100, 'OrderPlaced', 'api', 2],
  [200, 'RequestStalled', 'email', 2, 8000],
  [300, 'OrderAnswered', 'api', 1],
  [400, 'OrderPlaced', 'api', 3],
  [450, 'OrderFailed', 'api', 3],
  [8400, 'OrderAnswered', 'api', 2],
];

describe('measures of calls', () => {
  test('tell what became of each order, what hangs, and p99 at the nearest rank', () => {
    const series = new CallMeasures().upTo(write(new Trace(), story));
    expect(series).toEqual([
      { name: 'orders api', kind: 'orders', times: [ms(300), ms(450), ms(8400)], values: [1, 0, 1] },
      { name: 'stalls', kind: 'stalls', times: [ms(200)], values: [8000] },
      { name: 'p99 api', kind: 'p99', times: [ms(300), ms(8400)], values: [300, 8300] },
    ]);
  });

  test('keep two order APIs apart, in the order in which they are asked', () => {
    const trace = write(new Trace(), [
      [0, 'OrderPlaced', 'old-api', 1],
      [0, 'OrderPlaced', 'new-api', 1],
      [90, 'OrderAnswered', 'new-api', 1],
      [2000, 'OrderFailed', 'old-api', 1],
    ]);
    const orders = new CallMeasures().upTo(trace).filter(({ kind }) => kind === 'orders');
    expect(orders.map(({ name, values }) => [name, values])).toEqual([
      ['orders old-api', [0]],
      ['orders new-api', [1]],
    ]);
  });

  test('are the same whether history is measured at once or as it grows', () => {
    const measures = new CallMeasures();
    const trace = new Trace();
    for (const line of story) measures.upTo(write(trace, [line]));
    expect(measures.upTo(trace)).toEqual(new CallMeasures().upTo(trace));
  });

  test('what hangs by itself is no mark on the time axis: there are far too many', () => {
    const trace = write(new Trace(), story);
    writeFact(trace, trace.length, seconds(9), 'email', -1, {
      is: factType('crashed', 'ProcessCrashed'),
      subject: 'email',
    });
    expect(new Marks().upTo(trace).map(({ sign, time }) => [sign, time])).toEqual([['fault', seconds(9)]]);
  });
});
