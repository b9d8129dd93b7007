/** The shop of lesson 4: one topic, a group of three that keeps the search index, a group of one for the pages. */
import type { Scenario, ServiceSpec } from '../../../src/scenario/scenario';

const topic = 'shop-events';

export const shop: Scenario = {
  version: 1,
  name: 'kafka-log',
  latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
  links: [],
  brokers: [
    {
      name: 'kafka',
      kind: 'kafka',
      topics: [{ name: topic, partitions: 3 }],
      // 3 s by default: short here, so that the groups are soon complete
      options: { 'group.initial.rebalance.delay.ms': 500 },
    },
  ],
  services: [
    {
      name: 'shop',
      role: 'shop',
      restartAfterMs: 1000,
      parts: [
        { kind: 'kafka.producer' },
        {
          kind: 'producer',
          options: {
            place: topic,
            // murmur2 puts mug and tee into partition 0, pen and cap into 1, book and lamp into 2
            products: 'mug pen book tee cap lamp',
            pattern: 'stock order price order order',
            ratePerSecond: 1,
            limit: 30,
            jitter: 0.2,
          },
        },
      ],
    },
    ...['search-a', 'search-b', 'search-c'].map((name) => reader(name, 'search', 'search-index', 300)),
    reader('cache-1', 'cache', 'page-cache', 200),
    { name: 'search-index', role: 'index', restartAfterMs: null, parts: [{ kind: 'store' }] },
    { name: 'page-cache', role: 'pages', restartAfterMs: null, parts: [{ kind: 'store' }] },
  ],
  schedule: [
    { atMs: 4000, action: { class: 'operation', name: 'pause', target: 'cache', options: {} } },
    { atMs: 11_000, action: { class: 'operation', name: 'resume', target: 'cache', options: {} } },
  ],
  endMs: 40_000,
};

/** One consumer with a view of what it reads. After a crash its container is started again ten seconds later. */
function reader(name: string, group: string, store: string, medianMs: number): ServiceSpec {
  return {
    name,
    role: group,
    restartAfterMs: 10_000,
    parts: [
      {
        kind: 'kafka.consumer',
        options: {
          groupId: group,
          topics: topic,
          handler: 'projection',
          fromBeginning: true,
          // the lowest that a broker allows, so that a crash is noticed within the lesson
          sessionTimeout: 6000,
          heartbeatInterval: 2000,
          maxWaitTimeInMs: 1000,
        },
      },
      { kind: 'projection', options: { store, latencyMs: { kind: 'lognormal', medianMs, sigma: 0.25 } } },
    ],
  };
}
