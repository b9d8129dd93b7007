/** Hand-made instants of RabbitMQ, SQS, SNS and Lambda: no simulation, only what the picture of queues must cope with. */
import type {
  Environment,
  Pile,
  PileCell,
  Process,
  Route,
  SlotMessage,
  Stack,
  StackCell,
  StackConsumer,
  Switch,
} from '../kernel/shape';
import { seconds, type Time } from '../kernel/time';
import type { View } from '../scenario/host';
import { face, processOf, tokenOf, viewOf } from './fixture-shapes';

const now: Time = seconds(18.4);

function waiting(words: string, more: Partial<StackCell> = {}): StackCell {
  return {
    face: face(words),
    routingKey: 'order.placed',
    since: now - seconds(3),
    expiresAt: null,
    redelivered: false,
    deliveries: 0,
    priority: 0,
    deaths: 0,
    persistent: true,
    ...more,
  };
}

export function stackOf(name: string, cells: readonly StackCell[], more: Partial<Stack> = {}): Stack {
  return {
    shape: 'stack',
    address: `rabbit/queue/${name}`,
    name,
    type: 'classic',
    durable: true,
    exclusive: false,
    autoDelete: false,
    ready: cells.length,
    unacked: 0,
    cells,
    consumers: [],
    deadLetter: null,
    arguments: {},
    ...more,
  };
}

function takerOf(process: string, more: Partial<StackConsumer> = {}): StackConsumer {
  return {
    tag: `ctag-${process}`,
    process,
    isActive: true,
    isBlocked: false,
    unacked: 0,
    prefetch: 3,
    noAck: false,
    priority: 0,
    isExclusive: false,
    ...more,
  };
}

function routeOf(id: string, to: string, label = '', more: Partial<Route> = {}): Route {
  return { id, to, label, passed: 3, ...more };
}

export function switchOf(name: string, routes: readonly Route[], more: Partial<Switch> = {}): Switch {
  return {
    shape: 'switch',
    address: `rabbit/exchange/${name}`,
    name,
    type: 'topic',
    routes,
    last: null,
    published: 12,
    unroutable: 0,
    durable: true,
    internal: false,
    autoDelete: false,
    alternate: null,
    ...more,
  };
}

function slotsOf(queue: string, labels: readonly string[], size: number | null): NonNullable<Process['slots']> {
  const messages = labels.map((words, index): SlotMessage => ({
    face: face(words),
    queue: `rabbit/queue/${queue}`,
    tag: index + 4,
    redelivered: words.endsWith('again'),
    since: now - seconds(1),
  }));
  return { size, messages, count: messages.length };
} // prettier-ignore

const work = 'rabbit/queue/work';
const rabbitSteps = ['receive', 'apply', 'ack'];

function workerOf(name: string, queue: string, more: Partial<Process> = {}): Process {
  return processOf(name, { steps: rabbitSteps, owns: [`rabbit/queue/${queue}`], ...more });
}

/** The instant of the design drawing: B died with three unacknowledged messages, a poison message has left by the door. */
export function pushedInstant(): View {
  const cells = [
    waiting('PA26', { priority: 5 }),
    waiting('OC15', { redelivered: true, deliveries: 1 }),
    waiting('OC16', { redelivered: true, deliveries: 1 }),
    waiting('SK17', { redelivered: true, deliveries: 1 }),
    waiting('OC18'),
    waiting('SK19', { expiresAt: now - seconds(1), since: now - seconds(4) }),
    waiting('OC20'),
    waiting('OC21'),
    waiting('OC22'),
    waiting('SK23', { expiresAt: now + seconds(0.8), since: now - seconds(2) }),
    waiting('OC24'),
  ];
  const queue = stackOf('work', cells, {
    unacked: 3,
    consumers: [takerOf('worker-a', { unacked: 3, isBlocked: true })],
    deadLetter: { exchange: 'rabbit/exchange/work.dlx', routingKey: null },
    arguments: { 'x-max-priority': 9 },
    left: { face: face('SK04'), reason: 'rejected', to: 'rabbit/exchange/work.dlx', at: now - seconds(1) },
    returned: { count: 3, process: 'worker-b', at: now - seconds(1) },
  });
  const dead = stackOf('work.dead', [waiting('SK07', { deaths: 1, lastDeath: 'expired' })]);
  const routes = ['order.*', 'payment.*', 'stock.*'].map((key) => routeOf(key, work, key));
  return viewOf(
    now,
    [
      processOf('shop-api', { steps: [], publishesTo: ['rabbit/exchange/shop'] }),
      switchOf('shop', routes, {
        last: {
          face: face('PA26'),
          routingKey: 'payment.taken',
          at: now - seconds(0.4),
          took: ['payment.*'],
          became: 'routed',
        },
      }),
      switchOf('work.dlx', [routeOf('dead', 'rabbit/queue/work.dead')], { type: 'fanout', published: 1 }),
      queue,
      dead,
      workerOf('worker-a', 'work', {
        slots: slotsOf('work', ['OC13', 'SK14', 'PA25'], 3),
        step: { name: 'apply', since: now - seconds(1), until: now + seconds(1.7) },
        current: face('OC13'),
        applied: 10,
      }),
      workerOf('worker-b', 'work', {
        condition: 'crashed',
        brokeBefore: 'ack',
        slots: slotsOf('work', [], 3),
        conditionSince: now - seconds(1),
      }),
    ],
    { tokens: [tokenOf('p', 'shop-api', 'rabbit/exchange/shop', ['PA27'], { what: 'BasicPublish' })] },
  );
}

/** Two exchanges, an alternate one, a message that no binding took; a quorum queue on three nodes, one of them down; a stream. */
export function routedInstant(): View {
  const email = stackOf('email', [waiting('OC31'), waiting('OC32')], {
    consumers: [takerOf('mailer', { prefetch: null })],
    unacked: 1,
  });
  const stock = stackOf(
    'stock',
    Array.from({ length: 6 }, (_, index) => waiting(`SK${40 + index}`)),
    {
      type: 'quorum',
      ready: 44,
      members: ['rabbit-1', 'rabbit-2', 'rabbit-3'].map((process, index) => ({
        process,
        isLeader: index === 1,
        isUp: index !== 0,
      })),
      consumers: [takerOf('picker-a'), takerOf('picker-b', { isActive: false })],
    },
  );
  const audit = stackOf(
    'audit',
    Array.from({ length: 5 }, (_, index) => waiting(`OC${28 + index}`, { offset: 28 + index })),
    { type: 'stream', ready: 33, consumers: [takerOf('auditor', { offset: 30 })] },
  );
  return viewOf(now, [
    processOf('shop-api', { steps: [], publishesTo: ['rabbit/exchange/events'] }),
    processOf('till', { steps: [], publishesTo: ['rabbit/exchange/events'] }),
    switchOf('events', [
      routeOf('1', email.address, 'order.#'),
      routeOf('2', 'rabbit/exchange/warehouse', 'stock.#'),
      routeOf('3', audit.address, '#'),
    ], {
      last: { face: face('PR33'), routingKey: 'price.changed', at: now - seconds(1), took: [], became: 'dropped' },
      unroutable: 2,
    }),
    switchOf('warehouse', [routeOf('4', stock.address, 'all of region: eu, size: big')], { type: 'headers', internal: true }),
    email,
    stock,
    audit,
    workerOf('mailer', 'email', { slots: slotsOf('email', ['OC30'], null), current: face('OC30'), step: { name: 'apply', since: now, until: null } }),
    workerOf('picker-a', 'stock', { slots: slotsOf('stock', ['SK38', 'SK39 again'], 3), condition: 'slow' }),
    workerOf('picker-b', 'stock', { slots: slotsOf('stock', [], 3) }),
    workerOf('auditor', 'audit', { slots: slotsOf('audit', ['OC29'], 10) }),
  ]);
} // prettier-ignore

function lying(words: string, more: Partial<PileCell> = {}): PileCell {
  return {
    face: face(words),
    state: 'available',
    until: null,
    hiddenAt: null,
    receives: 0,
    holder: null,
    sentAt: now - seconds(20),
    group: null,
    ...more,
  };
}

function hidden(
  words: string,
  left: number,
  whole: number,
  receives: number,
  holder: string | null,
): PileCell {
  const until = now + seconds(left);
  return lying(words, { state: 'in flight', until, hiddenAt: until - seconds(whole), receives, holder });
}

export function pileOf(name: string, cells: readonly PileCell[], more: Partial<Pile> = {}): Pile {
  const count = (state: PileCell['state']) => cells.filter((cell) => cell.state === state).length;
  return {
    shape: 'pile',
    address: `sqs/${name}`,
    name,
    type: name.endsWith('.fifo') ? 'fifo' : 'standard',
    available: count('available'),
    inFlight: count('in flight'),
    delayed: count('delayed'),
    cells,
    groups: [],
    visibilityTimeout: seconds(30),
    delay: 0,
    retention: seconds(345_600),
    deadLetter: null,
    polling: [],
    ...more,
  };
}

const receiverSteps = ['receive', 'apply', 'delete'];

function receiverOf(name: string, queue: string, more: Partial<Process> = {}): Process {
  return processOf(name, { steps: receiverSteps, owns: [`sqs/${queue}`], ...more });
}

/** The instant of the design drawing: a message whose visibility ran out is worked on twice; lanes of a FIFO queue are locked. */
export function hiddenInstant(): View {
  const jobs = pileOf(
    'jobs',
    [
      hidden('OC17', 7.8, 30, 2, 'worker-b'),
      hidden('PA22', 7.8, 30, 1, 'worker-b'),
      lying('PA23', { receives: 1 }),
      hidden('OC24', 21.8, 30, 1, 'worker-a'),
      ...['SK26', 'PA27', 'OC28', 'OC29', 'OC30', 'SK31'].map((words) => lying(words)),
      lying('NT32', { state: 'delayed', until: now + seconds(4), hiddenAt: now - seconds(1) }),
    ],
    {
      deadLetter: { queue: 'sqs/jobs-dlq', maxReceives: 3 },
      left: { face: face('OC11'), reason: 'redriven', at: now - seconds(1) },
    },
  );
  const groups = ['mug', 'tee', 'pen', 'cap'];
  const ledger = pileOf(
    'ledger.fifo',
    [
      { ...hidden('LG40', 12.4, 30, 1, 'worker-c'), group: 'mug' },
      { ...hidden('LG41', 24, 30, 1, 'worker-c'), group: 'tee' },
      { ...hidden('LG42', 3.1, 30, 1, 'worker-c'), group: 'pen' },
      ...['LG43 mug', 'LG44 cap', 'LG45 mug', 'LG46 tee', 'LG47 pen', 'LG48 pen'].map((words) =>
        lying(words, { group: words.split(' ')[1] }),
      ),
    ],
    {
      groups: groups.map((name, index) => ({
        name,
        count: [3, 2, 3, 1][index],
        lockedUntil: index === 3 ? null : now + seconds(12),
      })),
    },
  );
  const dead = pileOf('jobs-dlq', [lying('SK06', { receives: 4 })]);
  return viewOf(
    now,
    [
      processOf('shop-api', { steps: [], publishesTo: ['sqs/jobs', 'sqs/ledger.fifo'] }),
      jobs,
      dead,
      ledger,
      receiverOf('worker-a', 'jobs', {
        condition: 'slow',
        current: face('OC24'),
        step: { name: 'apply', since: now, until: now + seconds(35.8) },
      }),
      receiverOf('worker-b', 'jobs', {
        current: face('OC17'),
        queued: [face('PA22')],
        step: { name: 'delete', since: now, until: null },
      }),
      receiverOf('worker-c', 'ledger.fifo', { queued: [face('LG41'), face('LG42')], current: face('LG40'), step: { name: 'apply', since: now, until: null } }),
    ],
    { tokens: [tokenOf('s', 'shop-api', 'sqs/jobs', ['SK33'], { what: 'SendMessageRequest' })] },
  );
} // prettier-ignore

/** One publish becomes two messages; a Lambda function runs as many copies as there are batches. */
export function fannedInstant(): View {
  const environment = (id: number, state: Environment['state'], words: readonly string[], since = 1): Environment => ({
    id,
    state,
    since: now - seconds(since),
    faces: words.map(face),
  });
  const pictures = pileOf(
    'pictures',
    [
      ...['OC51', 'OC52', 'OC53'].map((words) => hidden(words, 20, 30, 1, 'resizer')),
      ...['OC54', 'OC55'].map((words) => lying(words)),
    ],
  );
  const audit = pileOf('audit', [lying('OC54'), lying('OC55')], {
    polling: [{ process: 'auditor', until: now + seconds(12) }],
  });
  const routes = [
    routeOf('a', pictures.address, 'type: [order]', { passed: 5 }),
    routeOf('b', audit.address, '', { isRaw: true, retrying: 1, passed: 5 }),
  ];
  return viewOf(
    now,
    [
      processOf('shop-api', { steps: [], publishesTo: ['sns/order-events'] }),
      {
        ...switchOf('order-events', routes, { type: 'SNS standard' }),
        address: 'sns/order-events',
        last: { face: face('OC55'), routingKey: '', at: now - seconds(0.3), took: ['a', 'b'], became: 'routed' },
      },
      pictures,
      audit,
      processOf('resizer', {
        steps: ['receive', 'apply'],
        owns: [pictures.address],
        environments: [
          environment(1, 'busy', ['OC51']),
          environment(2, 'busy', ['OC52']),
          environment(3, 'cold', ['OC53']),
          environment(4, 'idle', []),
          environment(5, 'gone', [], 2),
        ],
      }),
      receiverOf('auditor', 'audit', { applied: 4 }),
    ],
    {
      tokens: [
        tokenOf('1', 'sns/order-events', 'sqs/pictures', ['OC56'], { what: 'SendMessageRequest' }),
        tokenOf('2', 'sns/order-events', 'sqs/audit', ['OC56'], { what: 'SendMessageRequest', arrivesAt: seconds(18.8) }),
      ],
    },
  );
} // prettier-ignore

/** A publisher that is down, an empty queue that nobody reads, a link that is cut. */
export function idleInstant(): View {
  return viewOf(
    now,
    [
      processOf('shop-api', { steps: [], condition: 'down', conditionSince: seconds(2) }),
      stackOf('orders', [], { consumers: [] }),
      workerOf('worker', 'orders', { slots: slotsOf('orders', [], 1), condition: 'paused' }),
    ],
    { links: [{ from: 'worker', to: 'rabbit', cut: true, extraMs: 0 }] },
  );
}
