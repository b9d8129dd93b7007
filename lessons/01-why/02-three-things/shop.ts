/**
 * The shop of lesson 1, twice: every order goes to both designs. Before, the order API calls fourteen services, one
 * after the other, and then answers. After, it validates, persists and publishes; the same fourteen read the topic.
 */
import type { BrokerSpec, Scenario, ScheduledAction, ServiceSpec } from '../../../src/scenario/scenario';

export const topic = 'orders';

export const oldApi = 'old-api';
export const newApi = 'new-api';

/** The first five are the article's, the other nine make up its fourteen. */
export const reactions = [
  'payment', 'inventory', 'email', 'analytics', 'loyalty', 'fraud', 'tax',
  'shipping', 'warehouse', 'invoice', 'push', 'recommendations', 'crm', 'audit',
] as const; // prettier-ignore

/** A call usually takes 0.14 s; one in 200 hangs for 8 to 10 s more (lesson 1). */
const callTimes = {
  latencyMs: { kind: 'lognormal', medianMs: 140, sigma: 0.5 },
  stallChance: 0.005,
  stallMs: { kind: 'uniform', minMs: 8000, maxMs: 10_200 },
};

/** The three steps. The ways to the order table and to Kafka are short: their time is in these. */
export const stepTimes = {
  validateMs: { kind: 'lognormal', medianMs: 13, sigma: 0.4 },
  persistMs: { kind: 'lognormal', medianMs: 49, sigma: 0.44 },
  publishMs: { kind: 'lognormal', medianMs: 19, sigma: 0.55 },
};

export const groupOptions = {
  fromBeginning: true,
  // the lowest that a broker allows, so that whoever comes back is soon given its partition again
  sessionTimeout: 6000,
  heartbeatInterval: 2000,
};

export const kafka: BrokerSpec = {
  name: 'kafka',
  kind: 'kafka',
  topics: [{ name: topic, partitions: 1 }],
  // 3 s by default: short here, so that the groups are soon complete
  options: { 'group.initial.rebalance.delay.ms': 500 },
};

/** Both versions of a service have one role: an outage takes both. */
export function roleOf(reaction: string): string {
  return `${reaction}-service`;
}

export function readerName(reaction: string): string {
  return `${reaction}-reader`;
}

/** Who orders: each order goes to all of `to`. */
export function browser(to: string, options: Readonly<Record<string, unknown>>): ServiceSpec {
  return {
    ...{ name: 'browser', role: 'browser', restartAfterMs: null },
    parts: [{ kind: 'browser', options: { to, startAfterMs: 2000, ...options } }],
  };
}

/** One API and those it calls. */
const before: readonly ServiceSpec[] = [
  {
    ...{ name: oldApi, role: 'before', restartAfterMs: null },
    parts: [{ kind: 'http-api', options: { steps: 'calls respond', calls: reactions.join(' ') } }],
  },
  ...reactions.map((name): ServiceSpec => ({
    ...{ name, role: roleOf(name), restartAfterMs: 1000 },
    parts: [{ kind: 'http-server', options: callTimes }],
  })),
];

/** One API that does three things, the table it writes to, and those who read what it publishes. */
export function after(names: readonly string[], api: Readonly<Record<string, string>> = {}): ServiceSpec[] {
  const options = { steps: 'validate persist publish respond', store: 'order-table', ...api, ...stepTimes };
  return [
    {
      ...{ name: newApi, role: 'after', restartAfterMs: null },
      parts: [{ kind: 'http-api', options }, { kind: 'kafka.producer' }],
    },
    { name: 'order-table', role: 'order-table', restartAfterMs: null, parts: [{ kind: 'store' }] },
    ...names.map(reader),
  ];
}

function reader(name: string): ServiceSpec {
  const options = {
    ...groupOptions,
    ...{ groupId: name, topics: topic, handler: 'reaction' },
    // a handful twice a second, where the default is a fetch and a commit for every single event
    ...{ minBytes: 600, maxWaitTimeInMs: 500, maxBytesPerPartition: 1500 },
  };
  return {
    ...{ name: readerName(name), role: roleOf(name), restartAfterMs: 1000 },
    parts: [
      { kind: 'reaction', options: { ...callTimes, perSecond: 15 } },
      { kind: 'kafka.consumer', options },
    ],
  };
}

export function outage(fromMs: number, untilMs: number): readonly ScheduledAction[] {
  const target = roleOf('email');
  return [
    { atMs: fromMs, action: { class: 'fault', name: 'down', target, options: {} } },
    { atMs: untilMs, action: { class: 'operation', name: 'start', target, options: {} } },
  ];
}

export const shop: Scenario = {
  version: 1,
  name: 'three-things',
  latencyMs: 0.1,
  links: [],
  brokers: [kafka],
  services: [browser(`${oldApi} ${newApi}`, { ratePerSecond: 10 }), ...before, ...after(reactions)],
  schedule: outage(10_000, 70_000),
  endMs: 200_000,
};

const mistyped = [15_000, 35_000, 55_000, 75_000, 95_000];

/** The step in which the path is cut anew: both designs are the old one, until somebody moves a box. */
export const oneLongPath: Scenario = {
  ...shop,
  name: 'three-things-fix',
  services: [
    // five of them cannot be read: see below
    browser(`${oldApi} ${newApi}`, { ratePerSecond: 10, limit: 1005 }),
    ...before,
    ...after(reactions, {
      steps: 'validate persist calls publish respond',
      calls: reactions.map(readerName).join(' '),
    }),
  ],
  schedule: [
    ...outage(10_000, 40_000),
    // orders that no API should answer with "received": whoever validates too late does
    ...mistyped.map((atMs): ScheduledAction => ({
      atMs,
      action: { class: 'fault', name: 'poison', target: 'browser', options: {} },
    })),
  ],
  endMs: 125_000,
};
