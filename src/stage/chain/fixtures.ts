/** Hand-made instants of chains, for the gallery and the tests. */
import type { Process, Serving, Shape } from '../../kernel/shape';
import { seconds } from '../../kernel/time';
import type { BacklogReading, View } from '../../scenario/host';
import { face, groupOf, laneOf, pointerOf, processOf, tokenOf, viewOf } from '../fixture-shapes';

export const fourteen = [
  'payment',
  'inventory',
  'email',
  'analytics',
  'loyalty',
  'fraud',
  'tax',
  'shipping',
  'warehouse',
  'invoice',
  'push',
  'recommendations',
  'CRM',
  'audit',
] as const;

const now = seconds(222);

/** An order in hand, begun so many seconds ago and done in so many. */
export function inHand(
  order: number,
  ago: number,
  left: number | null,
  more: Partial<Serving> = {},
): Serving {
  return {
    face: face(`OC${order}`),
    since: now - seconds(ago),
    until: left === null ? null : now + seconds(left),
    ...{ stalled: false, unheard: false, step: '' },
    ...more,
  };
}

export function serviceOf(
  name: string,
  serving: readonly Serving[] = [],
  more: Partial<Process> = {},
): Process {
  const stalled = serving.filter((one) => one.stalled).length;
  return processOf(name, { steps: [], serving, inHand: serving.length, stalled, ...more });
}

type Services = Readonly<Record<string, Process>>;

/** Browser, API and the services it calls. */
export function callChain(
  services: Services = {},
  head: Partial<Process> = {},
  more: Partial<View> = {},
  names: readonly string[] = fourteen,
): View {
  return viewOf(now, callShapes(services, head, names), more);
}

function callShapes(services: Services, head: Partial<Process>, names: readonly string[]): Shape[] {
  const all = names.map((name) => services[name] ?? serviceOf(name));
  const open = all.reduce((sum, { inHand: count = 0 }) => sum + count, 0);
  return [
    processOf('browser', {
      ...{ steps: ['send'], callees: ['order-api'], calls: [], ratePerSecond: 4, inHand: open },
      ...{ answered: 837, failed: 0 },
    }),
    serviceOf('order-api', [], {
      ...{ steps: ['calls'], callees: names, callMode: 'series', calls: [], inHand: open },
      ...head,
    }),
    ...all,
  ];
}

/** The instant of the design drawing: order 849 hangs at recommendations, nine others move. */
export function drawnChain(more: Partial<View> = {}): View {
  return callChain(
    {
      ...moving(),
      recommendations: serviceOf('recommendations', [inHand(849, 8.4, 1.1, { stalled: true })]),
    },
    {},
    more,
  );
}

function moving(): Services {
  const at: readonly (readonly [string, number, number, number])[] = [
    ['inventory', 888, 0.13, 0.02],
    ['analytics', 887, 0.1, 0.06],
    ['loyalty', 886, 0.11, 0.03],
    ['fraud', 885, 0.07, 0.05],
    ['tax', 884, 0.13, 0.01],
    ['shipping', 883, 0.03, 0.12],
    ['invoice', 882, 0.05, 0.1],
    ['CRM', 881, 0.04, 0.06],
    ['audit', 880, 0.12, 0.03],
  ];
  return Object.fromEntries(
    at.map(([name, order, ago, left]) => [name, serviceOf(name, [inHand(order, ago, left)])]),
  );
}

/** Everything that can go wrong on one line. */
export function troubledChain(): View {
  const pile = Array.from({ length: 9 }, (_, index) => inHand(900 + index, 0.3 * index, 0.3 * (9 - index)));
  const view = callChain(
    {
      ...moving(),
      email: serviceOf('email', [], { condition: 'down', conditionSince: now - seconds(42) }),
      fraud: serviceOf('fraud', [], { condition: 'crashed', conditionSince: now - seconds(3) }),
      shipping: serviceOf('shipping', pile, { condition: 'slow' }),
      recommendations: serviceOf('recommendations', [
        inHand(849, 8.4, 1.1, { stalled: true }),
        inHand(853, 6, 3, { stalled: true, unheard: true }),
      ]),
      payment: serviceOf('payment', [inHand(1023, 4.2, 5, { stalled: true })]),
      audit: serviceOf('audit', [inHand(877, 0.4, 0.2, { unheard: true })]),
    },
    {
      calls: [{ to: 'audit', face: face('OC877'), attempt: 2, since: now, until: null, state: 'retrying' }],
    },
    {
      links: [
        { from: 'order-api', to: 'warehouse', cut: true, extraMs: 0 },
        { from: 'order-api', to: 'loyalty', cut: false, extraMs: 2000 },
      ],
      tokens: [
        tokenOf('h', 'order-api', 'warehouse', ['OC870'], {
          what: 'HttpRequest',
          held: true,
          arrivesAt: Infinity,
        }),
        tokenOf('r', 'browser', 'order-api', ['OC911'], {
          what: 'HttpRequest',
          sentAt: now - 500,
          arrivesAt: now + 500,
        }),
      ],
    },
  );
  return withFailures(view, 41);
}

function withFailures(view: View, failed: number): View {
  return {
    ...view,
    shapes: view.shapes.map((shape) =>
      shape.shape === 'process' && shape.name === 'browser' ? { ...shape, failed } : shape,
    ),
  };
}

/** All services called at once. */
export function parallelChain(): View {
  return callChain(
    {
      ...Object.fromEntries(
        fourteen.map((name, index) => [
          name,
          serviceOf(
            name,
            index % 4 === 3 ? [] : [inHand(880 + (index % 3), 0.02 * (index % 7), 0.02 * ((index * 3) % 8))],
          ),
        ]),
      ),
      email: serviceOf('email', [], { condition: 'down', conditionSince: now - seconds(5) }),
      push: serviceOf('push', [inHand(842, 5.2, 3.4, { stalled: true })]),
    },
    { callMode: 'parallel' },
  );
}

/** A burst: more orders than can be drawn one by one. */
export function burst(): View {
  return callChain(
    Object.fromEntries(
      fourteen.map((name, index) => [name, serviceOf(name, [], { inHand: index === 7 ? 410 : 12 + index })]),
    ),
    { inHand: 690 },
  );
}

export function shortChain(): View {
  return callChain({}, {}, {}, fourteen.slice(0, 6));
}

/** The API that only validates, persists and publishes, and everybody who reads there. */
export function eventShapes(emailWaits: number): Shape[] {
  const records = Array.from({ length: 20 }, (_, index) => `OC${870 + index}`);
  const consumers = fourteen.map((name) =>
    processOf(`${name}-reader`, {
      group: name,
      name,
      owns: ['kafka/orders/0'],
      condition: name === 'email' && emailWaits > 0 ? 'down' : name === 'analytics' ? 'slow' : 'up',
      conditionSince: now - seconds(60),
      current: name === 'tax' ? face('OC889') : null,
    }),
  );
  const lane = laneOf(
    0,
    records,
    fourteen.map((group) => pointerOf(group, 889, 889, null, 890)),
    {
      ...{ address: 'kafka/orders/0', place: 'orders', logStart: 870 },
    },
  );
  return [
    processOf('mobile', {
      steps: ['send'],
      callees: ['order-api-2'],
      calls: [],
      ratePerSecond: 10,
      inHand: 1,
      answered: 890,
      failed: 0,
    }),
    serviceOf('order-api-2', [inHand(890, 0.05, 0.02, { step: 'persist' })], {
      ...{ steps: ['validate', 'persist', 'publish', 'respond'], callees: [], calls: [] },
    }),
    lane,
    ...consumers,
    ...consumers.map((consumer) =>
      groupOf(consumer.name, [consumer], {
        lag: consumer.name === 'email' ? emailWaits : consumer.name === 'analytics' ? 34 : 0,
      }),
    ),
  ];
}

export function eventDesign(): View {
  return viewOf(now, eventShapes(600));
}

/** The same orders through both designs. */
export function beforeAfter(): View {
  const services = {
    ...moving(),
    email: serviceOf('email', [], { condition: 'down', conditionSince: now - seconds(60) }),
  };
  const view = viewOf(now, [...callShapes(services, {}, fourteen), ...eventShapes(600)]);
  return withFailures(view, 600);
}

/** What was measured of it. */
export const measuredBacklog: BacklogReading = {
  kind: 'backlog',
  id: 'waiting',
  now,
  lines: [
    {
      ...{ group: 'email', waiting: 600, most: 600, arriving: 10, leaving: 0, drainedInMs: null },
      times: [0, seconds(160), seconds(162), now].map((time) => time),
      values: [0, 0, 20, 600],
    },
    {
      ...{ group: 'analytics', waiting: 34, most: 52, arriving: 10, leaving: 11, drainedInMs: 34_000 },
      times: [0, seconds(40), seconds(120), now],
      values: [0, 30, 52, 34],
    },
    {
      ...{ group: 'audit', waiting: 0, most: 1, arriving: 10, leaving: 10, drainedInMs: null },
      times: [0, now],
      values: [0, 0],
    },
  ],
  outages: [{ process: 'email', group: 'email', from: seconds(162), to: null }],
};
