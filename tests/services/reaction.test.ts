/** A service with two doors, and the orders that end after their answer: stories of small shops. */
import { describe, expect, test } from 'vitest';
import { after, browser, kafka, newApi } from '../../lessons/01-why/02-three-things/shop';
import { lesson } from '../../lessons/01-why/02-three-things/lesson';
import { setAction } from '../../src/scenario/design';
import { scripted } from '../../src/course/runs';
import type { Store } from '../../src/kernel/shape';
import { ms, seconds } from '../../src/kernel/time';
import { createLocalHost } from '../../src/scenario/local-host';
import type { Recording, Scenario, ScheduledAction, ServiceSpec } from '../../src/scenario/scenario';

const reader = 'email-reader';

/** Ten orders, one a second from 0:03 on; e-mail is called, reads the topic, or both. */
async function play(
  api: Readonly<Record<string, string>>,
  email: Readonly<Record<string, unknown>>,
  script: readonly ScheduledAction[] = [],
) {
  const services = [browser(newApi, { ratePerSecond: 1, jitter: 0, limit: 10 }), ...after(['email'], api)];
  const scenario: Scenario = {
    ...{ version: 1, name: 'two-doors', latencyMs: 0.1, links: [], brokers: [kafka], schedule: [] },
    services: services.map((service) => (service.name === reader ? withOptions(service, email) : service)),
    endMs: 40_000,
  };
  return facts(scripted({ engine: 'test', scenario, seed: 3, inputs: [] }, script));
}

function withOptions(service: ServiceSpec, options: Readonly<Record<string, unknown>>): ServiceSpec {
  const parts = service.parts.map((part) =>
    part.kind === 'reaction' ? { ...part, options: { stallChance: 0, ...options } } : part,
  );
  return { ...service, parts };
}

async function facts(recording: Recording) {
  const host = await createLocalHost(recording);
  await host.viewAt(ms(recording.scenario.endMs), { cells: 10, lanes: {}, rows: 20 });
  const all = await host.facts({ limit: 100_000 });
  return { all, of: (type: string) => all.filter((fact) => fact.type === type) };
}

describe('a service with two doors', () => {
  test('called first, it knows the event for a repetition', async () => {
    const run = await play({ steps: 'calls publish', calls: reader }, { latencyMs: 50, perSecond: 10 });
    expect(run.of('CallHandled')).toHaveLength(10);
    expect(run.of('DuplicateSkipped')).toHaveLength(10);
    expect(run.of('MessageHandled')).toEqual([]);
  });

  test('having read first, it answers the call and does nothing more', async () => {
    const run = await play({ steps: 'publish calls', calls: reader }, { latencyMs: 2000, perSecond: 10 });
    expect(run.of('MessageHandled')).toHaveLength(10);
    expect(run.of('CallRepeated')).toHaveLength(10);
    expect(run.of('CallHandled')).toEqual([]);
    expect(run.of('OrderAnswered')).toHaveLength(10);
  });

  test('reads one event after the other, at its pace, and slower when the process is slow', async () => {
    const slow = { class: 'fault', name: 'slow', target: reader, options: { factor: 20 } } as const;
    const gaps = async (script: readonly ScheduledAction[]) => {
      const times = (await play({}, { perSecond: 2 }, script)).of('MessageHandled').map(({ time }) => time);
      return times.slice(1).map((time, index) => time - times[index]);
    };
    expect(Math.min(...(await gaps([])))).toBeGreaterThanOrEqual(seconds(0.5));
    expect(Math.min(...(await gaps([{ atMs: 2500, action: slow }])))).toBeGreaterThanOrEqual(seconds(10));
  });

  test('can be given another pace while it runs', async () => {
    const faster = setAction(reader, 'reaction', 'perSecond', 20);
    const run = await play({}, { perSecond: 0.2 }, [{ atMs: 9000, action: faster }]);
    expect(run.of('MessageHandled')).toHaveLength(10);
    expect(run.of('MessageHandled').at(-1)!.time).toBeLessThan(seconds(16));
  });

  test.each(['apply', 'commit', 'committed'])(
    'broken before "%s" it still does each order once',
    async (step) => {
      const pins = [4000, 9000].map((atMs): ScheduledAction => ({
        atMs,
        action: { class: 'fault', name: 'pin', target: reader, options: { step } },
      }));
      const run = await play({}, { perSecond: 10 }, pins);
      expect(run.of('ProcessCrashed').length).toBeGreaterThan(0);
      const done = run.of('MessageHandled').map(({ message }) => message);
      expect(new Set(done).size).toBe(10);
      expect(done).toHaveLength(10);
    },
  );

  test('down, it refuses calls and reads what it has missed when it is back', async () => {
    const outage = [
      { atMs: 5500, action: { class: 'fault', name: 'down', target: reader, options: { forMs: 4000 } } },
    ] as const;
    const called = await play({ calls: reader, steps: 'calls publish' }, { latencyMs: 50 }, outage);
    expect(called.of('OrderFailed')).toHaveLength(4);
    const read = await play({}, { perSecond: 10 }, outage);
    expect(read.of('OrderFailed')).toEqual([]);
    expect(read.of('MessageHandled')).toHaveLength(10);
  });
});

describe('orders that are brought to their end after the answer', () => {
  const { scenario, seed } = lesson.transfer;

  async function ended(script: readonly ScheduledAction[]) {
    const recording = scripted({ engine: 'test', scenario: { ...scenario, endMs: 60_000 }, seed, inputs: [] }, script);
    const host = await createLocalHost(recording);
    const view = await host.viewAt(seconds(60), { cells: 10, lanes: {}, rows: 20 });
    const table = view.shapes.find((shape): shape is Store => shape.shape === 'store')!;
    return table.rows.map(({ key, fields }) => `${key} ${String(fields['state'])}`);
  } // prettier-ignore
  const all = Array.from({ length: 10 }, (_, index) =>
    index === 3 ? 'OC04 CANCELLED' : `OC${String(index + 1).padStart(2, '0')} CONFIRMED`,
  );

  test('a declined payment cancels its order and no other', async () => {
    expect(await ended([])).toEqual(all);
  });

  test.each([
    ['payment', 'apply'],
    ['payment', 'commit'],
    ['order-desk', 'apply'],
    ['order-desk', 'commit'],
  ])('so it does when %s breaks before "%s"', async (target, step) => {
    const pin = { class: 'fault', name: 'pin', target, options: { step } } as const;
    expect(await ended([{ atMs: 6500, action: pin }])).toEqual(all);
  });

  test('so it does when the order table is away as the cancellation comes', async () => {
    const down = { class: 'fault', name: 'down', target: 'order-table', options: { forMs: 3000 } } as const;
    const rows = await ended([{ atMs: 7000, action: down }]);
    expect(rows).toContain('OC04 CANCELLED');
    expect(rows.some((row) => row.endsWith('PENDING'))).toBe(false);
  });
});
