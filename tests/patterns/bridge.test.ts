/** A bridge from Kafka to RabbitMQ: whatever breaks, what is on one side is on the other, at least once. */
import { describe, expect, test } from 'vitest';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import { buildKernel } from '../../src/scenario/build';
import { loadRegistry } from '../../src/scenario/registry';
import type { Scenario, ScheduledAction } from '../../src/scenario/scenario';

const orders = 6;

async function copies(schedule: readonly ScheduledAction[]): Promise<readonly number[]> {
  const scenario: Scenario = {
    version: 1,
    name: 'bridge',
    latencyMs: 1,
    links: [],
    brokers: [
      {
        name: 'kafka',
        kind: 'kafka',
        topics: [{ name: 'orders', partitions: 1 }],
        options: { 'group.initial.rebalance.delay.ms': 0 },
      },
      { name: 'rabbit', kind: 'rabbitmq', queues: [{ name: 'mail' }] },
    ],
    services: [
      {
        name: 'shop',
        role: 'shop',
        restartAfterMs: null,
        parts: [
          { kind: 'kafka.producer' },
          { kind: 'producer', options: { place: 'orders', ratePerSecond: 2, limit: orders, jitter: 0 } },
        ],
      },
      {
        name: 'bridge',
        role: 'bridge',
        restartAfterMs: 500,
        parts: [
          {
            kind: 'kafka.consumer',
            options: { groupId: 'bridge', topics: 'orders', fromBeginning: true, handler: 'bridge' },
          },
          { kind: 'bridge', options: { place: 'mail' } },
          { kind: 'rabbitmq.producer' },
        ],
      },
    ],
    schedule,
    endMs: 120_000,
  };
  const trace = new Trace();
  const recording = { engine: 'test', scenario, seed: 1, inputs: [] };
  buildKernel(recording, await loadRegistry(scenario), trace).runUntil(ms(scenario.endMs));
  const arrived = [...trace.facts()].filter(({ subject, kind }) => subject === 'rabbit/queue/mail' && kind === 'accepted'); // prettier-ignore
  return Array.from(
    { length: orders },
    (_, message) => arrived.filter((fact) => fact.message === message).length,
  );
}

const pin = (step: string): ScheduledAction => ({ atMs: 1500, action: { class: 'fault', name: 'pin', target: 'bridge', options: { step } } }); // prettier-ignore

describe('a bridge', () => {
  test('takes every message across, once where nothing breaks', async () => {
    expect(await copies([])).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('broken before it publishes it loses and doubles nothing', async () => {
    expect(await copies([pin('apply')])).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('broken between publishing and committing it publishes again', async () => {
    const arrived = await copies([pin('commit')]);
    expect(Math.min(...arrived)).toBe(1);
    expect(arrived.filter((count) => count === 2)).toHaveLength(1);
  });

  test('while the other side is down nothing is lost', async () => {
    const down: ScheduledAction = { atMs: 1200, action: { class: 'fault', name: 'down', target: 'rabbit', options: { forMs: 4000 } } }; // prettier-ignore
    expect(Math.min(...(await copies([down])))).toBeGreaterThanOrEqual(1);
  });
});
