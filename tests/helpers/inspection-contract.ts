import { expect, test } from 'vitest';
import type { Fact } from '../../src/kernel/fact';
import type { Lane } from '../../src/kernel/shape';
import { recordsPerPage, type Inspection, type RunHost, type TruthRow } from '../../src/scenario/host';
import type { Recording } from '../../src/scenario/scenario';
import { faultyRecording, recordingOf, shopScenario } from './recordings';

const second = 1_000_000;
const lane = 'kafka/shop-events/1';

/** What every RunHost must say about one object, wherever its run lives. */
export function inspectionContract(create: (recording: Recording) => Promise<RunHost>): void {
  test('inspects messages and objects, and says when there is nothing', async () => {
    const host = await create(faultyRecording());
    const message = await host.inspect({ message: 3 }, 10 * second);
    expect(message).toMatchObject({ of: 'message', message: 3 });
    if (message.of === 'message') expect(message.facts.some(({ kind }) => kind === 'accepted')).toBe(true);
    for (const [address, of] of [
      [lane, 'lane'],
      ['kafka/group/search', 'group'],
      ['search-b', 'process'],
      ['search-index', 'store'],
    ] as const) {
      const inspection = await host.inspect(address, 10 * second);
      expect(inspection.of).toBe(of);
      expect(structuredClone(inspection)).toEqual(inspection);
    }
    expect(await host.inspect('nowhere', 10 * second)).toEqual({ of: 'nothing', address: 'nowhere' });
  });

  test('of a partition gives one page of records and what expires next', async () => {
    const scenario = shopScenario();
    const [shop] = scenario.services;
    const busy = shop.parts.map((part) =>
      part.kind === 'producer' ? { ...part, options: { ...part.options, ratePerSecond: 40, limit: 400 } } : part,
    ); // prettier-ignore
    const services = [{ ...shop, parts: busy }, ...scenario.services.slice(1)];
    const host = await create(recordingOf({ ...scenario, services }));
    const page = async (to: number | null) => {
      const inspection = await host.inspect(lane, 12 * second, { to, from: 0 });
      return only(inspection, 'lane').lane;
    };
    const offsets = ({ cells }: Lane) => cells.map(({ offset }) => offset);
    const newest = await page(null);
    expect(newest.logEnd).toBeGreaterThan(3 * recordsPerPage);
    expect(offsets(newest)).toEqual(from(newest.logEnd - recordsPerPage, recordsPerPage));
    expect(offsets(await page(45))).toEqual(from(45 - recordsPerPage, recordsPerPage));
    expect(offsets(await page(recordsPerPage))).toEqual(from(0, recordsPerPage));
    const { nextExpiry } = only(await host.inspect(lane, 12 * second), 'lane');
    const last = newest.cells.at(-1)!;
    expect(nextExpiry).toEqual({ at: last.timestamp + newest.retention!, count: newest.logEnd });
  });

  test('of a group measures what it committed and what arrived', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(20 * second, { cells: 1, lanes: {}, rows: 0 });
    const facts = (await host.facts({})).filter(({ time }) => time > 6 * second && time <= 11 * second);
    const { group, progress } = only(await host.inspect('kafka/group/search', 11 * second), 'group');
    expect(group).toMatchObject({ name: 'search', state: 'Stable' });
    expect(progress.over).toBe(5 * second);
    expect(progress.arrived).toBe(facts.filter(({ kind }) => kind === 'accepted').length);
    const advances = facts.filter(({ kind, group: by }) => kind === 'settled' && by === 'search');
    expect(progress.settled).toBe(
      sum(advances.map(({ position, amount }) => position - Math.max(0, amount))),
    );
    expect(progress.settled).toBeGreaterThan(0);
  });

  test('of a service names what it applied last, what was repeated, and its options', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(28 * second, { cells: 1, lanes: {}, rows: 0 });
    const history = await host.facts({});
    const applied = history.filter(({ kind }) => kind === 'applied');
    const repeat = applied.find(({ id, message, group }) =>
      applied.some((other) => other.id < id && other.message === message && other.group === group),
    )!;
    const { process } = history[repeat.cause];
    const { applies, options } = only(await host.inspect(process, repeat.time), 'process');
    const expected = handledBy(process, history, repeat.time).slice(-20);
    expect(applies.map(({ fact }) => fact)).toEqual(expected.map(({ id }) => id));
    for (const { fact, nth, face } of applies) {
      const { group } = history[fact];
      const upToIt = applied.filter(
        (one) => one.id <= fact && one.message === face.message && one.group === group,
      );
      expect(nth).toBe(upToIt.length);
    }
    expect(applies.at(-1)).toMatchObject({ fact: repeat.id, nth: 2, offset: repeat.position });
    const values = new Map(options.map((option) => [option.name, option]));
    expect(values.get('sessionTimeout')).toMatchObject({ value: 6000, isDefault: false, unit: 'ms' });
    expect(values.get('autoCommit')).toMatchObject({ value: true, isDefault: true });
  });

  test('of a service that is gone says what it had applied and not committed, which it has forgotten', async () => {
    const host = await create(faultyRecording());
    const { process } = only(await host.inspect('search-b', 8 * second), 'process');
    expect(process).toMatchObject({ condition: 'crashed', brokeBefore: 'commit' });
    const { shapes } = await host.viewAt(8 * second, { cells: 40, lanes: {}, rows: 0 });
    const hatched = shapes.flatMap((shape) =>
      shape.shape === 'lane' && shape.pointers.some(({ owner }) => owner === 'search-b')
        ? shape.cells.filter(({ uncommittedBy }) => uncommittedBy.includes('search')).map(({ face }) => face)
        : [],
    );
    expect(hatched.length).toBeGreaterThan(0);
    expect(process.unsettled).toEqual(hatched);
  });

  test('of a store lays truth beside what is seen, at any instant and in any order', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(40 * second, { cells: 1, lanes: {}, rows: 0 });
    const history = await host.facts({});
    const bodies = await host.bodies();
    const states = new Set<TruthRow['state']>();
    for (const at of [40, 0, 12.5, 22.05, 23, 7, 31]) {
      const time = at * second;
      const { comparison } = only(await host.inspect('search-index', time), 'store');
      const known = newestBy(history, time, ({ kind, message }) =>
        kind === 'accepted' ? bodies[message] : null,
      );
      const written = newestBy(history, time, ({ kind, subject, type, message, amount }) => {
        if (subject !== 'search-index') return null;
        if (type === 'StoreWiped') return 'wipe';
        return kind === 'applied' ? { key: bodies[message].key, version: amount } : null;
      });
      const rows = comparison!.rows;
      expect(rows.map(({ key }) => key)).toEqual([...known.keys()].sort());
      for (const { key, truth, seen, state } of rows) {
        states.add(state);
        expect([key, truth?.face.version, seen?.version]).toEqual([key, known.get(key), written.get(key)]);
        expect(state === 'same').toBe(truth?.face.version === seen?.version);
      }
      expect(comparison!.differing).toBe(rows.filter(({ state }) => state !== 'same').length);
      expect(comparison!.since === null).toBe(comparison!.differing === 0);
    }
    expect(states).toContain('same');
    expect(states).toContain('missing');
  });

  test('stands at a fact as the picture does', async () => {
    const host = await create(faultyRecording());
    await host.viewAt(10 * second, { cells: 1, lanes: {}, rows: 0 });
    const written = (await host.facts({ kinds: ['applied'] })).find(({ subject }) => subject === 'search-index')!;
    const writes = async (fact: number) =>
      only(await host.inspect('search-index', { fact }), 'store').store.writes;
    expect(await writes(written.id)).toBe(1);
    expect(await writes(written.id - 1)).toBe(0);
  }); // prettier-ignore
}

function only<Of extends Inspection['of']>(inspection: Inspection, of: Of): Extract<Inspection, { of: Of }> {
  expect(inspection.of).toBe(of);
  return inspection as Extract<Inspection, { of: Of }>;
}

function from(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => start + index);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Applied facts that were caused by a delivery to this process. */
function handledBy(process: string, history: readonly Fact[], until: number): Fact[] {
  return history.filter(
    ({ kind, cause, time }) => kind === 'applied' && time <= until && history[cause]?.process === process,
  );
}

/** The last version of each key, by what `read` makes of each fact. Versions of a key only go up in these runs' logs. */
function newestBy(
  history: readonly Fact[],
  until: number,
  read: (fact: Fact) => { readonly key: string | null; readonly version: number } | 'wipe' | null,
): Map<string, number> {
  const newest = new Map<string, number>();
  for (const fact of history) {
    if (fact.time > until) break;
    const write = read(fact);
    if (write === 'wipe') newest.clear();
    else if (write && write.key !== null) newest.set(write.key, write.version);
  }
  return newest;
}
