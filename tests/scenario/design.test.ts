import { describe, expect, test } from 'vitest';
import type { Trace } from '../../src/kernel/trace';
import { ms, seconds } from '../../src/kernel/time';
import { asDesigned, asProved, setAction } from '../../src/scenario/design';
import { loadRegistry } from '../../src/scenario/registry';
import { Run } from '../../src/scenario/run';
import type { Recording, Scenario } from '../../src/scenario/scenario';

/** A shop that publishes twenty events a second for two seconds, and a reader that needs 10 ms for each. */
const scenario: Scenario = {
  version: 1,
  name: 'design',
  latencyMs: 1,
  links: [],
  brokers: [
    {
      name: 'kafka',
      kind: 'kafka',
      topics: [{ name: 'events', partitions: 1 }],
      options: { 'group.initial.rebalance.delay.ms': 0 },
    },
  ],
  services: [
    {
      name: 'shop',
      role: 'shop',
      restartAfterMs: null,
      parts: [
        { kind: 'kafka.producer' },
        { kind: 'producer', options: { place: 'events', ratePerSecond: 20, limit: 40 } },
      ],
    },
    {
      name: 'reader',
      role: 'reader',
      restartAfterMs: 500,
      parts: [
        {
          kind: 'kafka.consumer',
          options: {
            groupId: 'readers',
            topics: 'events',
            handler: 'consumer',
            fromBeginning: true,
            sessionTimeout: 6000,
            heartbeatInterval: 2000,
          },
        },
        { kind: 'consumer', options: { latencyMs: 10 } },
      ],
    },
  ],
  schedule: [],
  endMs: 10_000,
};
const recording: Recording = { engine: 'test', scenario, seed: 1, inputs: [] };
const slower = setAction('reader', 'consumer', 'latencyMs', 400);

async function runOf(of: Recording): Promise<Run> {
  return new Run(of, await loadRegistry(of.scenario));
}

/** Milliseconds from being handed a message to having applied it, message by message. */
function handling(trace: Trace): number[] {
  const facts = Array.from({ length: trace.length }, (_, id) => trace.fact(id));
  return facts
    .filter(({ kind }) => kind === 'applied')
    .map(({ message, time }) => {
      const given = facts.find((fact) => fact.kind === 'delivered' && fact.message === message)!;
      return Math.round((time - given.time) / ms(1));
    });
}

describe('an edit of the design', () => {
  test('counts from its instant on in the running world', async () => {
    const run = await runOf(recording);
    run.seek(seconds(2));
    run.act(slower, seconds(2));
    run.seek(seconds(8));
    const took = handling(run.trace);
    expect(took[0]).toBe(10);
    expect(took.at(-1)).toBeGreaterThanOrEqual(400);
  });

  test('is remembered by a process that was down, and through a crash', async () => {
    const run = await runOf(recording);
    run.seek(seconds(1));
    run.act({ class: 'fault', name: 'crash', target: 'reader', options: {} }, seconds(1));
    run.act(slower, seconds(1));
    run.seek(seconds(20));
    // After the crash the group waits for its lost member's session to end.
    expect(handling(run.trace).at(-1)).toBeGreaterThanOrEqual(400);
  });

  test('counts from the start in a proof, the last one of an option only', () => {
    const faster = setAction('reader', 'consumer', 'latencyMs', 5);
    const inputs = [slower, faster].map((action, order) => ({ time: seconds(2 + order), order, action }));
    const crash = {
      time: seconds(1),
      order: 2,
      action: { class: 'fault' as const, name: 'crash', target: 'reader', options: {} },
    };
    const designed = asDesigned({ ...recording, inputs: [...inputs, crash] });
    expect(designed.inputs).toEqual([crash]);
    const part = designed.scenario.services[1].parts[1];
    expect(part.options).toEqual({ latencyMs: 5 });
    expect(scenario.services[1].parts[1].options).toEqual({ latencyMs: 10 });
  });

  test('leaves a note in the history of a proof, at its time, and changes nothing there', async () => {
    const faster = setAction('reader', 'consumer', 'latencyMs', 5);
    const inputs = [slower, faster].map((action, order) => ({ time: seconds(1 + order), order, action }));
    const run = await runOf(asProved({ ...recording, inputs }));
    run.seek(seconds(8));
    const facts = Array.from({ length: run.trace.length }, (_, id) => run.trace.fact(id));
    const edits = facts.filter(({ type }) => type === 'DesignChanged');
    expect(edits.map(({ time, detail }) => [time, detail])).toEqual([
      [seconds(1), 'consumer latencyMs 400'],
      [seconds(2), 'consumer latencyMs 5'],
    ]);
    expect(new Set(handling(run.trace))).toEqual(new Set([5]));
  });

  test.each([
    [setAction('reader', 'consumer', 'latencyMs', -1), 'latencyMs'],
    [setAction('reader', 'consumer', 'speed', 1), 'has no option "speed"'],
    [setAction('shop', 'kafka.producer', 'acks', 0), 'cannot be changed while it runs'],
  ])('that cannot be made is refused before anything runs: %j', async (action, words) => {
    await expect(runOf({ ...recording, inputs: [{ time: seconds(2), order: 0, action }] })).rejects.toThrow(
      words,
    );
    const run = await runOf(recording);
    expect(() => run.act(action, 0)).toThrow(words);
    run.seek(seconds(1));
  });

  test('replays: every instant looks the same however one came there', async () => {
    const run = await runOf({ ...recording, inputs: [{ time: seconds(2), order: 0, action: slower }] });
    run.seek(seconds(9));
    const straight = run.hash(seconds(9));
    run.seek(seconds(1));
    expect(run.hash(seconds(9))).toBe(straight);
  });
});
