/**
 * One workload and one schedule of faults on several brokers: the same shop, the same two workers, the same orders at
 * the same times. Only what stands between them differs, and how its clients are set.
 */
import { engine } from '../../scenario/engine';
import type { Action, BrokerSpec, PartSpec, Recording, ScheduledAction } from '../../scenario/scenario';

export const variants = ['kafka', 'rabbitmq', 'sqs', 'fifo'] as const;
export type Variant = (typeof variants)[number];

/** What goes wrong: the worker dies before or after the effect of its job, works slowly, or one order cannot be handled. */
export const troubles = ['none', 'after', 'before', 'slow', 'poison'] as const;
export type Trouble = (typeof troubles)[number];

export interface Workload {
  readonly trouble: Trouble;
  readonly seed: number;
  /** How long an order's job takes. */
  readonly jobMs: number;
}

export const usual: Workload = { trouble: 'after', seed: 4, jobMs: 900 };

/** What is the same for all, for the page to say. Milliseconds. */
export const setting = {
  orders: 16,
  products: ['mug', 'cap'],
  perSecond: 2,
  workers: ['worker-a', 'worker-b'],
  sessionMs: 6000,
  prefetch: 1,
  visibilityMs: 8000,
  troubleAtMs: 4000,
  slowFactor: 12,
  slowForMs: 6000,
  poison: 'OC05',
  endMs: 30_000,
} as const;

const place = 'orders';
const group = 'workers';

interface Between {
  readonly broker: BrokerSpec;
  readonly producer: PartSpec;
  readonly consumer: PartSpec;
  /** The step before which a worker has done its job, and its broker does not know. */
  readonly settle: string;
}

function between(variant: Variant): Between {
  switch (variant) {
    case 'kafka':
      return {
        broker: {
          name: 'kafka',
          kind: 'kafka',
          topics: [{ name: place, partitions: setting.products.length }],
          options: { 'group.initial.rebalance.delay.ms': 0 },
        },
        producer: { kind: 'kafka.producer' },
        consumer: {
          kind: 'kafka.consumer',
          options: {
            groupId: group,
            topics: place,
            handler: 'consumer',
            fromBeginning: true,
            sessionTimeout: setting.sessionMs,
            heartbeatInterval: 2000,
            // kafkajs commits after a batch; here after each message, as the others do
            autoCommitThreshold: 1,
          },
        },
        settle: 'commit',
      };
    case 'rabbitmq':
      return {
        broker: { name: 'rabbit', kind: 'rabbitmq', queues: [{ name: place }] },
        producer: { kind: 'rabbitmq.producer', options: { broker: 'rabbit' } },
        consumer: {
          kind: 'rabbitmq.consumer',
          options: { broker: 'rabbit', queue: place, prefetch: setting.prefetch, handler: 'consumer' },
        },
        settle: 'ack',
      };
    default: {
      const fifo = variant === 'fifo';
      const queue = fifo ? `${place}.fifo` : place;
      const attributes = { VisibilityTimeout: String(setting.visibilityMs / 1000) };
      return {
        broker: {
          name: 'sqs',
          kind: 'sqs',
          queues: [{ name: queue, attributes: { ...attributes, ...(fifo ? { FifoQueue: 'true' } : {}) } }],
        },
        producer: { kind: 'aws.producer' },
        consumer: { kind: 'aws.consumer', options: { queue, maxNumberOfMessages: 1, handler: 'consumer' } },
        settle: 'delete',
      };
    }
  }
}

/** The run of one of them. */
export function recordingOf(variant: Variant, { trouble, seed, jobMs }: Workload): Recording {
  const { broker, producer, consumer, settle } = between(variant);
  const worker = (name: string) => ({
    name,
    role: 'worker',
    restartAfterMs: null,
    parts: [
      consumer,
      {
        kind: 'consumer',
        options: { latencyMs: jobMs, ...(trouble === 'poison' ? { failing: setting.poison } : {}) },
      },
    ],
  });
  const shop = {
    place: variant === 'fifo' ? `${place}.fifo` : place,
    driver: producer.kind,
    products: setting.products.join(' '),
    pattern: 'order',
    ratePerSecond: setting.perSecond,
    limit: setting.orders,
    jitter: 0,
    startAfterMs: 500,
  };
  return {
    engine,
    seed,
    scenario: {
      version: 1,
      name: `compare-${variant}`,
      latencyMs: 5,
      links: [],
      brokers: [broker],
      services: [
        ...setting.workers.map(worker),
        {
          name: 'shop',
          role: 'shop',
          restartAfterMs: null,
          parts: [producer, { kind: 'producer', options: shop }],
        },
      ],
      schedule: scheduleOf(trouble, settle),
      endMs: setting.endMs,
    },
    inputs: [],
  };
}

function scheduleOf(trouble: Trouble, settle: string): readonly ScheduledAction[] {
  const [, victim] = setting.workers;
  const fault = (name: string, options: Action['options']): readonly ScheduledAction[] => [
    { atMs: setting.troubleAtMs, action: { class: 'fault', name, target: victim, options } },
  ];
  switch (trouble) {
    case 'after':
      return fault('pin', { step: settle });
    case 'before':
      return fault('pin', { step: 'apply' });
    case 'slow':
      return fault('slow', { factor: setting.slowFactor, forMs: setting.slowForMs });
    default:
      return [];
  }
}
