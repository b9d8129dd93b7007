/** What the bank's entries can lie on: the broker, and the two drivers that use it. All of them repeat or lose alike. */
import type { Action, BrokerSpec, PartSpec } from '../../../src/scenario/scenario';

const entriesPlace = 'entries';

/** One way to hand out entries. */
export interface Footing {
  /** Topic or queue. */
  readonly place: string;
  readonly broker: BrokerSpec;
  readonly producer: PartSpec;
  readonly consumer: (settles: 'before' | 'after') => PartSpec;
  /** Kind of the consumer's driver, and its option that says whether it settles before the work or after. */
  readonly settles: { readonly part: string; readonly option: string };
  /** Named step of its driver: about to settle. */
  readonly settle: string;
  /** And having done so; null: nobody tells it that it has. */
  readonly settled: string | null;
}

export type FootingName = keyof typeof footings;

const kafka: Footing = {
  place: entriesPlace,
  broker: {
    name: 'kafka',
    kind: 'kafka',
    topics: [{ name: entriesPlace, partitions: 1 }],
    options: {
      'group.initial.rebalance.delay.ms': 500,
      // 6 s by default: lower here, so that a crash is noticed before the next entry comes
      'group.min.session.timeout.ms': 1000,
    },
  },
  producer: { kind: 'kafka.producer' },
  consumer: (commit) => ({
    kind: 'kafka.consumer',
    options: {
      groupId: 'account',
      topics: entriesPlace,
      handler: 'idempotence',
      fromBeginning: true,
      commit,
      sessionTimeout: 2400,
      heartbeatInterval: 800,
      maxWaitTimeInMs: 500,
    },
  }),
  settles: { part: 'kafka.consumer', option: 'commit' },
  settle: 'commit',
  settled: 'committed',
};

/** The same, and "exactly once" switched on: offsets are committed in transactions. */
const transactions: Footing = {
  ...kafka,
  consumer: (commit) => {
    const usual = kafka.consumer(commit);
    return { ...usual, options: { ...usual.options, transactionalId: 'account' } };
  },
};

const rabbitmq: Footing = {
  place: entriesPlace,
  broker: { name: 'rabbit', kind: 'rabbitmq', queues: [{ name: entriesPlace }] },
  producer: { kind: 'rabbitmq.producer' },
  consumer: (ack) => ({
    kind: 'rabbitmq.consumer',
    options: { queue: entriesPlace, handler: 'idempotence', prefetch: 1, ack },
  }),
  settles: { part: 'rabbitmq.consumer', option: 'ack' },
  settle: 'ack',
  // an acknowledgement has no answer
  settled: null,
};

/** Shorter than the usual 30 s, so that what a crash has left is seen again before the next entry comes. */
const visibilitySeconds = 2;

const sqs = (place: string, attributes: Readonly<Record<string, string>>): Footing => ({
  place,
  broker: {
    name: 'sqs',
    kind: 'sqs',
    queues: [{ name: place, attributes: { VisibilityTimeout: String(visibilitySeconds), ...attributes } }],
  },
  producer: { kind: 'aws.producer' },
  consumer: (when) => ({
    kind: 'aws.consumer',
    options: { queue: place, handler: 'idempotence', maxNumberOfMessages: 1, delete: when },
  }),
  settles: { part: 'aws.consumer', option: 'delete' },
  settle: 'delete',
  settled: 'deleted',
});

export const footings = {
  kafka,
  transactions,
  rabbitmq,
  sqs: sqs(entriesPlace, {}),
  fifo: sqs(`${entriesPlace}.fifo`, { FifoQueue: 'true' }),
} as const satisfies Readonly<Record<string, Footing>>;

/** All but the first, in which the lesson is written. */
export const others = (Object.keys(footings) as FootingName[]).slice(1);

/** An edit of the consumer's design. */
export function design(part: string, option: string, value: string): Action {
  return { class: 'design', name: 'set', target: 'account', options: { part, option, value } };
}
