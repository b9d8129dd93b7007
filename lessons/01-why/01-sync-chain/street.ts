/** Browsers, an order API, and the services it calls: the worlds of lesson 1. */
import type { Scenario, ServiceSpec } from '../../../src/scenario/scenario';

/** Five the article names; the other nine are examples, to make the fourteen. */
export const services = [
  'payment', 'inventory', 'email', 'analytics', 'loyalty',
  'fraud', 'tax', 'shipping', 'warehouse', 'invoice', 'push', 'recommendations', 'crm', 'audit',
] as const; // prettier-ignore

export interface Street {
  readonly name: string;
  readonly callees: readonly string[];
  /** Options of every service. */
  readonly service: Readonly<Record<string, unknown>>;
  readonly ratePerSecond: number;
  readonly endMs: number;
}

/** Links take half a millisecond: what is measured is the work of services, as their callers see it. */
export function street({ name, callees, service, ratePerSecond, endMs }: Street): Scenario {
  return {
    version: 1,
    name,
    latencyMs: 0.5,
    links: [],
    brokers: [],
    services: [
      one('browser', 'browser', { to: 'order-api', ratePerSecond, jitter: 0.5 }),
      one('order-api', 'http-api', { calls: callees.join(' ') }),
      ...callees.map((callee) => one(callee, 'http-server', service)),
    ],
    schedule: [],
    endMs,
  };
}

function one(name: string, kind: string, options: ServiceSpec['parts'][number]['options'] = {}): ServiceSpec {
  return { name, role: name, restartAfterMs: null, parts: [{ kind, options }] };
}

export const chain = street({
  name: 'sync-chain',
  callees: services,
  service: {
    latencyMs: { kind: 'lognormal', medianMs: 140, sigma: 0.5 },
    stallChance: 0.005,
    stallMs: { kind: 'uniform', minMs: 8000, maxMs: 10_200 },
  },
  ratePerSecond: 4,
  endMs: 300_000,
});
