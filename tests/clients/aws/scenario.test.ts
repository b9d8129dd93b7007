/** A whole shop on AWS, as a scenario says it: a topic, two queues, a poller and a function. */
import { describe, expect, test } from 'vitest';
import { Hasher } from '../../../src/kernel/hash';
import type { Kernel } from '../../../src/kernel/kernel';
import { ms } from '../../../src/kernel/time';
import { Trace } from '../../../src/kernel/trace';
import { buildKernel } from '../../../src/scenario/build';
import { loadRegistry } from '../../../src/scenario/registry';
import type { Recording, Scenario } from '../../../src/scenario/scenario';

const raw = { RawMessageDelivery: 'true' };

const scenario: Scenario = {
  version: 1,
  name: 'fork',
  latencyMs: { kind: 'uniform', minMs: 1, maxMs: 8 },
  links: [],
  brokers: [
    {
      name: 'sqs',
      kind: 'sqs',
      queues: [
        { name: 'mail', attributes: { VisibilityTimeout: '2' } },
        { name: 'stock', attributes: { VisibilityTimeout: '4' } },
      ],
    },
    {
      name: 'sns',
      kind: 'sns',
      topics: [{ name: 'orders' }],
      subscriptions: [
        { topic: 'orders', protocol: 'sqs', endpoint: 'sqs/mail', attributes: raw },
        { topic: 'orders', protocol: 'sqs', endpoint: 'sqs/stock' },
        { topic: 'orders', protocol: 'lambda', endpoint: 'lambda/audit' },
      ],
    },
    {
      name: 'lambda',
      kind: 'lambda',
      functions: [
        { name: 'stock', process: 'stock' },
        { name: 'audit', process: 'audit' },
      ],
      eventSourceMappings: [
        { function: 'stock', queue: 'sqs/stock', batchSize: 5, reportBatchItemFailures: true },
      ],
    },
  ],
  services: [
    {
      name: 'shop',
      role: 'shop',
      restartAfterMs: null,
      parts: [
        { kind: 'aws.producer', name: 'driver', options: { service: 'sns', batchSize: 5 } },
        { kind: 'producer', options: { place: 'orders', driver: 'driver', ratePerSecond: 20, limit: 60, perSend: 3 } }, // prettier-ignore
      ],
    },
    service('mailer', { kind: 'aws.consumer', options: { queue: 'mail', concurrency: 2 } }, 150),
    service('stock', { kind: 'aws.function', options: { failures: 'report' } }, 30),
    service('audit', { kind: 'aws.function' }, 5),
  ],
  schedule: [],
  endMs: 60_000,
};

function service(name: string, driver: { kind: string; options?: object }, latencyMs: number) {
  return {
    name,
    role: name,
    restartAfterMs: 700,
    parts: [
      { ...driver, options: { ...driver.options } },
      { kind: 'consumer', options: { latencyMs } },
    ],
  };
}

async function play(): Promise<{ kernel: Kernel; trace: Trace }> {
  const crash = (atMs: number, target: string, order: number): Recording['inputs'][number] => ({
    time: ms(atMs),
    order,
    action: { class: 'fault', name: 'crash', target, options: {} },
  });
  const inputs = [crash(1200, 'mailer', 0), crash(1500, 'stock', 1), crash(2100, 'audit', 2)];
  const registry = await loadRegistry(scenario);
  const trace = new Trace();
  return { kernel: buildKernel({ engine: 'test', scenario, seed: 3, inputs }, registry, trace), trace };
}

describe('a topic with three subscribers', () => {
  test('each handles everything, though all of them die once', async () => {
    const { kernel, trace } = await play();
    kernel.runUntil(ms(scenario.endMs));
    const applied = [...trace.facts()].filter(({ kind }) => kind === 'applied');
    for (const process of ['mailer', 'stock']) {
      const messages = new Set(applied.filter((fact) => fact.process === process).map(({ message }) => message)); // prettier-ignore
      expect(messages.size, process).toBe(60);
    }
    // an event is run again a minute after a failure
    expect(applied.filter(({ process }) => process === 'audit').length).toBeGreaterThan(50);
  });

  test('from every snapshot, replay equals the straight run', async () => {
    const { kernel, trace } = await play();
    const hash = (): string => {
      const hasher = new Hasher();
      kernel.hashInto(hasher);
      return hasher.hex();
    };
    const end = ms(8000);
    const saved = [kernel.save()];
    while (!kernel.runUntil(end, kernel.eventCount + 100)) saved.push(kernel.save());
    const expected = hash();
    trace.verify = true;
    for (const snapshot of saved) {
      kernel.load(snapshot);
      kernel.runUntil(end);
      expect(hash()).toBe(expected);
    }
  });
});
