/** The numbers of lesson 2 come out of its own scenario: nothing here computes what it compares with. */
import { beforeAll, describe, expect, test } from 'vitest';
import { lesson } from '../../lessons/01-why/02-three-things/lesson';
import { newApi, oldApi, reactions } from '../../lessons/01-why/02-three-things/shop';
import { check } from '../../src/course/observe';
import { probeStart, scripted, startOf } from '../../src/course/runs';
import type { Fact } from '../../src/kernel/fact';
import type { Store } from '../../src/kernel/shape';
import { ms, seconds, toMs } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import { buildKernel } from '../../src/scenario/build';
import { createLocalHost } from '../../src/scenario/local-host';
import { loadRegistry } from '../../src/scenario/registry';
import type { Recording } from '../../src/scenario/scenario';

const seeds = [lesson.seed, 41, 1009];
const window = { cells: 40, lanes: {}, rows: 24 };

async function play(recording: Recording): Promise<readonly Fact[]> {
  const trace = new Trace();
  const kernel = buildKernel(recording, await loadRegistry(recording.scenario), trace);
  kernel.runUntil(ms(recording.scenario.endMs));
  return [...trace.facts()];
}

/** Nearest rank, in milliseconds, of the time from an order to its answer. */
function p99(facts: readonly Fact[], api: string): number {
  const placed = new Map<number, number>();
  const times: number[] = [];
  for (const { kind, subject, message, time } of facts) {
    if (subject !== api) continue;
    if (kind === 'requested') placed.set(message, time);
    if (kind === 'responded') times.push(toMs(time - placed.get(message)!));
  }
  times.sort((one, other) => one - other);
  return times[Math.ceil(0.99 * times.length) - 1];
}

/** How many events a group has not yet let go of, and when that changed. */
function backlog(facts: readonly Fact[], group: string): { time: number; waiting: number }[] {
  let [end, flag] = [0, 0];
  return facts
    .filter((fact) => fact.kind === 'accepted' || (fact.kind === 'settled' && fact.group === group))
    .map(({ kind, position, time }) => {
      if (kind === 'accepted') end = position + 1;
      else flag = position;
      return { time, waiting: end - flag };
    });
}

const failed = (facts: readonly Fact[], api: string) =>
  facts.filter(({ type, subject }) => type === 'OrderFailed' && subject === api);

describe.each(seeds)('with seed %i', (seed) => {
  let facts: readonly Fact[];
  beforeAll(async () => {
    facts = await play(startOf(lesson, 'base', { engine: 'test', seed }).recording);
  }, 60_000);

  test('the slowest hundredth takes 12 s through fourteen calls and 180 ms through three steps', () => {
    expect(Math.abs(p99(facts, oldApi) - 12_000)).toBeLessThan(600);
    expect(Math.abs(p99(facts, newApi) - 180)).toBeLessThan(9);
  });

  test('each order of the minute without e-mail fails in the old design and none in the new one', () => {
    const during = (time: number) => time > seconds(10) && time < seconds(70);
    const placed = facts.filter(
      ({ kind, subject, time }) => kind === 'requested' && subject === oldApi && during(time),
    );
    expect(failed(facts, newApi)).toEqual([]);
    expect(Math.abs(failed(facts, oldApi).length - placed.length)).toBeLessThan(0.05 * placed.length);
  });

  test('600 e-mails wait when e-mail comes back, and are worked off in two minutes', () => {
    const line = backlog(facts, 'email');
    const before = line.findLast(({ time }) => time < seconds(10))!.waiting;
    const back = line.findLast(({ time }) => time < seconds(70))!;
    expect(Math.abs(back.waiting - 600)).toBeLessThan(30);
    const drained = line.find(({ time, waiting }) => time > seconds(71) && waiting <= before)!;
    expect(Math.abs(drained.time - seconds(70) - seconds(120))).toBeLessThan(seconds(12));
  });

  test('every service reacts to every order once, also to those that e-mail began and did not commit', () => {
    const done = facts.filter(({ type }) => type === 'MessageHandled');
    expect(new Set(done.map(({ message, group }) => `${message} ${group}`)).size).toBe(done.length);
    const settled = facts.filter(({ kind, time }) => kind === 'accepted' && time < seconds(198)).length;
    for (const group of reactions)
      expect(done.filter((one) => one.group === group).length, group).toBeGreaterThanOrEqual(settled - 15);
  });
});

test('slow analytics is noticed by nobody who orders', async () => {
  const slowed = { class: 'fault', name: 'slow', target: 'analytics-service', options: { factor: 20 } } as const;
  const { recording } = startOf(lesson, 'base', { engine: 'test', seed: lesson.seed });
  const facts = await play(scripted(recording, [{ atMs: 12_000, action: slowed }]));
  expect(failed(facts, newApi)).toEqual([]);
  expect(p99(facts, newApi)).toBeLessThan(200);
  expect(backlog(facts, 'analytics').at(-1)!.waiting).toBeGreaterThan(1500);
}, 60_000); // prettier-ignore

test('the report is checked against history: only the old design has failed', async () => {
  const host = await createLocalHost(
    startOf(lesson, 'base', { engine: 'test', seed: lesson.seed }).recording,
  );
  await host.viewAt(ms(lesson.observeAtMs), window);
  const facts: Fact[] = [];
  for (let more = await host.facts({}); more.length > 0; more = await host.facts({ from: facts.length }))
    facts.push(...more);
  const roles = new Map(lesson.scenario.services.map(({ name, role }) => [name, role]));
  const setting = { roleOf: (name: string) => roles.get(name) ?? '', bodyOf: () => { throw new RangeError(); } }; // prettier-ignore
  const right = check(lesson.observation, 'old-only', facts, setting);
  expect(right.right).toBe(true);
  expect(facts[right.moment!]).toMatchObject({ type: 'OrderFailed', subject: oldApi });
  for (const wrong of ['both', 'old-all-new-some', 'neither'])
    expect(check(lesson.observation, wrong, facts, setting).right, wrong).toBe(false);
});

test('the fix step begins as one long path: it is as slow as the old one, and fails with e-mail', async () => {
  const facts = await play(startOf(lesson, 'fix', { engine: 'test', seed: lesson.seed }).recording);
  expect(p99(facts, newApi)).toBeGreaterThan(10_000);
  expect(failed(facts, newApi).length).toBeGreaterThan(250);
});

test('OC04 is pending and answered when it is asked about, and cancelled in the end; the others are confirmed', async () => {
  const { transfer } = lesson;
  const run = await createLocalHost(probeStart(transfer, { engine: 'test', seed: transfer.seed }).recording);
  const states = async (atMs: number) => {
    const view = await run.viewAt(ms(atMs), window);
    const table = view.shapes.find((shape): shape is Store => shape.shape === 'store')!;
    return Object.fromEntries(table.rows.map(({ key, fields }) => [key, fields['state']]));
  };
  const asked = await states(transfer.askAtMs);
  expect(asked['OC04']).toBe('PENDING');
  const facts = await run.facts({});
  const known = facts.filter(({ time }) => time <= ms(transfer.askAtMs));
  const order = (await run.bodies()).findIndex(({ label }) => label === 'OC04');
  expect(known.some(({ kind, message }) => kind === 'responded' && message === order)).toBe(true);
  expect(known.some(({ type }) => type === 'PaymentDeclined')).toBe(false);
  const ended = await states(transfer.tellAtMs);
  expect(Object.keys(ended)).toHaveLength(10);
  for (const [order, state] of Object.entries(ended))
    expect(state, order).toBe(order === 'OC04' ? 'CANCELLED' : 'CONFIRMED');
});
