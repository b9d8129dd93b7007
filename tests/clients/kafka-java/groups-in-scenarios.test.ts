import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBroker } from '../../../src/brokers/kafka/invariants';
import type { BrokerState } from '../../../src/brokers/kafka/state';
import { Hasher } from '../../../src/kernel/hash';
import type { Fact } from '../../../src/kernel/fact';
import type { Kernel } from '../../../src/kernel/kernel';
import { ms } from '../../../src/kernel/time';
import { Trace } from '../../../src/kernel/trace';
import { buildKernel } from '../../../src/scenario/build';
import { loadRegistry } from '../../../src/scenario/registry';
import type { Input, Scenario, ServiceSpec } from '../../../src/scenario/scenario';
import { action, at, recordingOf, shopScenario } from '../../helpers/recordings';

const records = 60;

/** A Java consumer of some kind that projects `shop-events` into the store. */
function reader(name: string, kind: string, options: Record<string, unknown>): ServiceSpec {
  return {
    ...{ name, role: 'search', restartAfterMs: 2500 },
    parts: [
      {
        name: 'driver',
        kind,
        options: {
          broker: 'kafka',
          'group.id': 'search',
          topics: 'shop-events',
          handler: 'projection',
          ...options,
        },
      },
      { name: 'projection', kind: 'projection', options: { store: 'search-index', latencyMs: 120 } },
    ],
  };
}

const share = (name: string) => reader(name, 'kafka-java.share-consumer', {});
const modern = (name: string) =>
  reader(name, 'kafka-java.consumer', { 'group.protocol': 'consumer', 'auto.offset.reset': 'earliest' });

/** Sixty records; the shop begins when a share group, which begins at the end of the log, is there. */
function scenarioOf(readers: readonly ServiceSpec[]): Scenario {
  const shop = shopScenario();
  const services = shop.services.filter(({ name }) => name === 'shop' || name === 'search-index');
  const groups = { 'group.consumer.heartbeat.interval.ms': 1000, 'group.share.heartbeat.interval.ms': 1000 };
  const sessions = { 'group.consumer.session.timeout.ms': 6000, 'group.share.session.timeout.ms': 6000 };
  const locks = { 'group.share.record.lock.duration.ms': 4000 };
  return {
    ...shop,
    brokers: [{ ...shop.brokers[0], options: { ...groups, ...sessions, ...locks } }],
    services: [...services, ...readers],
    schedule: [
      { atMs: 0, action: action('fault', 'crash', 'shop') },
      { atMs: 8000, action: action('operation', 'start', 'shop') },
    ],
    endMs: 120_000,
  };
}

async function kernelOf(scenario: Scenario, inputs: readonly Input[], seed = 4) {
  const trace = new Trace();
  const registry = await loadRegistry(scenario);
  return { kernel: buildKernel(recordingOf(scenario, seed, inputs), registry, trace), trace };
}

const brokerOf = (kernel: Kernel) => kernel.part('kafka/broker')!.state as BrokerState;
const placesOf = (facts: Iterable<Fact>, kinds: readonly string[]) =>
  [...facts].filter(({ kind, type }) => kinds.includes(kind) && type.startsWith('Record')).map(({ position, subject }) => `${subject}@${position}`); // prettier-ignore

describe.each([
  ['a share group', [share('search-a'), share('search-b')]],
  ['a group of the consumer protocol', [modern('search-a'), modern('search-b')]],
])('%s whose members handle records by themselves', (_, readers) => {
  test('handles every record, whoever crashes, stalls or is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            atMs: fc.integer({ min: 9000, max: 30_000 }),
            who: fc.constantFrom('search-a', 'search-b'),
            what: fc.constantFrom('crash', 'cut', 'stall'),
          }),
          { maxLength: 5 },
        ),
        fc.integer({ min: 1, max: 1000 }),
        async (faults, seed) => {
          const inputs = faults.map(
            ({ atMs, what, who }, order) =>
            at(atMs, action('fault', what, who, what === 'cut' ? { to: 'kafka', forMs: 1500 } : what === 'stall' ? { forMs: 1500 } : {}), order), // prettier-ignore
          );
          const { kernel, trace } = await kernelOf(scenarioOf(readers), inputs, seed);
          while (!kernel.runUntil(ms(120_000), kernel.eventCount + 200))
            checkBroker(brokerOf(kernel), { clientsBehave: false });
          const written = new Set(placesOf(trace.facts(), ['accepted']));
          const delivered = new Set(placesOf(trace.facts(), ['delivered', 'redelivered']));
          expect(written.size).toBe(records);
          expect([...written].filter((place) => !delivered.has(place))).toEqual([]);
        },
      ),
      { numRuns: process.env.LONG ? 60 : 6 },
    );
  });

  test('is the same from every snapshot', async () => {
    const inputs = [at(14_000, action('fault', 'crash', 'search-a'))];
    const { kernel, trace } = await kernelOf(scenarioOf(readers), inputs);
    const hash = (): string => {
      const hasher = new Hasher();
      kernel.hashInto(hasher);
      return hasher.hex();
    };
    const end = ms(40_000);
    const saved = [kernel.save()];
    while (!kernel.runUntil(end, kernel.eventCount + 150)) saved.push(kernel.save());
    const expected = hash();
    trace.verify = true;
    for (const snapshot of saved) {
      kernel.load(snapshot);
      kernel.runUntil(end);
      expect(hash()).toBe(expected);
    }
  });
});
