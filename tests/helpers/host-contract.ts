import { expect, test } from 'vitest';
import type { Panel, RunHost, Window } from '../../src/scenario/host';
import type { Recording } from '../../src/scenario/scenario';
import { inspectionContract } from './inspection-contract';
import { action, faultyRecording } from './recordings';

export const wide: Window = { cells: 20, lanes: {}, rows: 50 };
const second = 1_000_000;

/** What every RunHost must do, wherever its run lives. */
export function hostContract(create: (recording: Recording) => Promise<RunHost>): void {
  test('views of one instant are equal, however one came there', async () => {
    const host = await create(faultyRecording());
    const first = await host.viewAt(10 * second, wide);
    await host.viewAt(30 * second, wide);
    expect(await host.viewAt(10 * second, wide)).toEqual(first);
    expect(await host.frontier()).toBe(30 * second);
  });

  test('a view is small plain data', async () => {
    const host = await create(faultyRecording());
    const view = await host.viewAt(12 * second, { cells: 5, lanes: {}, rows: 50 });
    expect(structuredClone(view)).toEqual(view);
    const lanes = view.shapes.filter(({ shape }) => shape === 'lane');
    expect(lanes.length).toBe(3);
    for (const lane of lanes) if (lane.shape === 'lane') expect(lane.cells.length).toBeLessThanOrEqual(5);
  });

  test('stands right after any fact of its history', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(15 * second, wide);
    const view = await host.viewAtFact(20, wide);
    expect(view.factCount).toBeGreaterThan(20);
    const [fact] = await host.facts({ from: 20, to: 21 });
    expect(fact.time).toBe(view.time);
  });

  test('steps from fact to fact, forward past the frontier and back', async () => {
    const host = await create(faultyRecording());
    let at = -1;
    const times: number[] = [];
    for (let step = 0; step < 30; step++) {
      const next = (await host.nextFact(at, Infinity))!;
      expect(next.fact).toBe(at + 1);
      times.push(next.time);
      at = next.fact;
    }
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(await host.previousFact(at)).toEqual({ fact: at - 1, time: times[28] });
  });

  test('looks for the next fact no further than it is told to', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(5 * second, wide);
    const facts = await host.facts({});
    const last = facts[facts.length - 1].id;
    const soon = (await host.nextFact(last, Infinity))!.time;
    const again = await create(faultyRecording());
    await again.viewAt(5 * second, wide);
    expect(await again.nextFact(last, soon - 1)).toBe(null);
    expect(await again.frontier()).toBeLessThan(soon);
    expect(await again.nextFact(last, soon)).toEqual({ fact: last + 1, time: soon });
  });

  test('knows every body it has composed, whatever instant it shows; a fork knows those of its past', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(15 * second, wide);
    const bodies = await host.bodies();
    await host.viewAt(2 * second, wide);
    expect(await host.bodies()).toEqual(bodies);
    const fork = await host.fork(5 * second);
    const known = await fork.bodies();
    expect(known.length).toBeGreaterThan(0);
    expect(known.length).toBeLessThan(bodies.length);
    expect(known).toEqual(bodies.slice(0, known.length));
  });

  test('acts at the frontier and refuses to act in the past', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(10 * second, wide);
    await host.act(action('fault', 'crash', 'cache-1'), 10 * second);
    const crashed = (await host.facts({ kinds: ['crashed'] })).map(({ subject, time }) => [subject, time]);
    expect(crashed).toContainEqual(['cache-1', 10 * second]);
    await expect(host.act(action('fault', 'crash', 'shop'), 5 * second)).rejects.toMatchObject({
      name: 'ForkNeeded',
    });
  });

  test('a fork shares the past, goes its own way and leaves its parent as it was', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(30 * second, wide);
    const before = await host.hash(30 * second);
    const shared = await host.hash(16 * second);
    const fork = await host.fork(16 * second);
    expect(await fork.hash(16 * second)).toBe(shared);
    expect((await fork.inputs()).every(({ time }) => time <= 16 * second)).toBe(true);
    await fork.act(action('fault', 'crash', 'search-a'), 16 * second);
    await fork.viewAt(30 * second, wide);
    expect(await host.hash(30 * second)).toBe(before);
    expect(await fork.hash(30 * second)).not.toBe(before);
  });

  test('its recording alone gives the same run again', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(10 * second, wide);
    await host.act(action('operation', 'publish', 'shop'), 10 * second);
    const copy = await create(await host.recording());
    expect(await copy.hash(20 * second)).toBe(await host.hash(20 * second));
  });

  inspectionContract(create);

  test('measures lag and marks faults', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(30 * second, wide);
    const series = await host.series();
    expect(series.map(({ name }) => name).sort()).toEqual(['cache', 'search']);
    const signs = new Set((await host.marks()).map(({ sign }) => sign));
    for (const sign of ['fault', 'healed', 'seek', 'change']) expect(signs).toContain(sign);
  });

  test('measures panels of any instant that has been computed, as small plain data', async () => {
    const host = await create(faultyRecording());
    const early = await host.viewAt(12 * second, wide);
    const late = await host.viewAt(30 * second, wide);
    const panels: Panel[] = [
      {
        kind: 'histogram',
        id: 'delivery',
        of: { from: { kind: 'published' }, to: { kind: 'applied', group: 'search' } },
      },
      {
        kind: 'meter',
        id: 'confirmed',
        good: { kind: 'confirmed' },
        among: { kind: ['confirmed', 'failed'] },
      },
      { kind: 'backlog', id: 'waiting', groups: ['search', 'cache'] },
    ];
    const readings = await host.measure(panels, late);
    const before = await host.measure(panels, early);
    expect(structuredClone(readings)).toEqual(readings);
    const [spans, confirmed, waiting] = readings;
    if (spans.kind !== 'histogram' || confirmed.kind !== 'meter' || waiting.kind !== 'backlog')
      throw new Error('readings come in the order of their panels');
    expect(spans.series[0].count).toBeGreaterThan(5);
    expect(confirmed.good).toBeGreaterThan(5);
    const group = late.shapes.find((shape) => shape.shape === 'group' && shape.name === 'cache');
    expect(waiting.lines[1].waiting).toBe(group?.shape === 'group' ? group.lag : 'no group');
    expect(before[1]).not.toEqual(confirmed);
    expect(await host.measure(panels, early)).toEqual(before);
  });

  test('a scenario that names what does not exist is refused in words', async () => {
    const recording = faultyRecording();
    const services = [{ name: 'odd', role: 'odd', restartAfterMs: null, parts: [{ kind: 'teleporter' }] }];
    const broken = { ...recording, scenario: { ...recording.scenario, services } };
    await expect(create(broken)).rejects.toThrow(/"odd" asks for a "teleporter"/);
  });
}
