/** Small worlds of browsers, an API and the services it calls, played to the end. */
import type { Fact } from '../../src/kernel/fact';
import type { Kernel } from '../../src/kernel/kernel';
import { ms } from '../../src/kernel/time';
import { Trace } from '../../src/kernel/trace';
import { buildKernel } from '../../src/scenario/build';
import { loadRegistry, type Registry } from '../../src/scenario/registry';
import type { Action, Input, Recording, Scenario, ServiceSpec } from '../../src/scenario/scenario';

export type Options = Readonly<Record<string, unknown>>;

export interface Street {
  readonly api?: Options;
  readonly browser?: Options;
  /** Services by name; what an option says of none of them goes for all. */
  readonly services?: Readonly<Record<string, Options>>;
  readonly more?: readonly ServiceSpec[];
  readonly actions?: readonly (readonly [
    atMs: number,
    name: string,
    target: string,
    options?: Action['options'],
  ])[];
  readonly seed?: number;
  readonly endMs?: number;
}

export interface Played {
  readonly kernel: Kernel;
  readonly recording: Recording;
  readonly registry: Registry;
  /** Facts of a type, or all of them. */
  facts(type?: string, subject?: string): Fact[];
  /** "type subject" of every fact about one message, in order. */
  story(message?: number): string[];
}

/** Ten orders, one each 100 ms, unless the browser is told otherwise; links take 1 ms. */
export async function play(street: Street): Promise<Played> {
  const recording = recordingOf(street);
  const registry = await loadRegistry(recording.scenario);
  const trace = new Trace();
  const kernel = buildKernel(recording, registry, trace);
  kernel.runUntil(ms(recording.scenario.endMs));
  const facts = (type?: string, subject?: string) =>
    [...trace.facts()].filter(
      (fact) =>
        (type === undefined || fact.type === type) && (subject === undefined || fact.subject === subject),
    );
  return {
    kernel,
    recording,
    registry,
    facts,
    story: (message = 0) =>
      facts()
        .filter((fact) => fact.message === message)
        .map(({ type, subject, process }) =>
          process === subject ? `${type} at ${subject}` : `${type} ${subject}`,
        ),
  };
}

export function recordingOf({
  api,
  browser,
  services = {},
  more = [],
  actions = [],
  ...rest
}: Street): Recording {
  const { seed = 1, endMs = 20_000 } = rest;
  const callees = Object.keys(services);
  const inputs = actions.map(([atMs, name, target, options = {}], order): Input => ({
    time: ms(atMs),
    order,
    action: { class: 'fault', name, target, options },
  }));
  const scenario: Scenario = {
    version: 1,
    name: 'street',
    latencyMs: 1,
    links: [],
    brokers: [],
    services: [
      one('browser', 'browser', { to: 'api', ratePerSecond: 10, jitter: 0, limit: 10, ...browser }),
      one('api', 'http-api', { calls: callees.join(' '), ...api }),
      ...callees.map((name) => one(name, 'http-server', { latencyMs: 100, ...services[name] })),
      ...more,
    ],
    schedule: [],
    endMs,
  };
  return { engine: 'test', scenario, seed, inputs };
}

export function one(name: string, kind: string, options: Options = {}): ServiceSpec {
  return { name, role: name, restartAfterMs: null, parts: [{ kind, options }] };
}
