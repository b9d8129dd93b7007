/** Titles and one-sentence promises of the 24 lessons, names of parts and routes. Keys: course/catalogue.ts. */
import type { BranchId, PartId, RouteId } from '../../course/catalogue';

interface LessonWords {
  readonly title: string;
  /** What a person will be able to do afterwards. */
  readonly teaches: string;
}

const lessons = {
  'sync-chain': {
    title: 'The twelve-second order',
    teaches:
      'Fourteen calls in a row, and why one slow answer in two hundred is enough to make customers wait.',
  },
  'three-things': {
    title: 'Validate, persist, publish',
    teaches:
      'Answer after three steps instead of seventeen, and say exactly what the caller no longer knows.',
  },
  'four-freedoms': {
    title: 'Who is listening?',
    teaches:
      'Add, remove, slow down and replay consumers without touching the producer, and show that it held.',
  },
  'kafka-log': {
    title: 'Reading does not delete',
    teaches:
      'Two groups read one log. Move an offset, crash a consumer, and rebuild an index from the beginning.',
  },
  'kafka-partitions': {
    title: 'Order lives in a lane',
    teaches:
      'Choose a key that keeps related events in order, and find out how many consumers can share the work.',
  },
  'rabbit-routing': {
    title: 'Four ways through an exchange',
    teaches:
      'Direct, topic, fanout and headers: bind queues so that each message arrives where it should, and nowhere else.',
  },
  'rabbit-queues': {
    title: 'Push, ack, gone',
    teaches:
      'Follow a message from push to acknowledgement to the dead-letter queue, with priorities and time limits on the way.',
  },
  'sqs-visibility': {
    title: 'Hidden, not gone',
    teaches:
      'A job that takes longer than it may stay hidden runs twice. Set the timeout by what you see, and meet FIFO.',
  },
  'sqs-managed': {
    title: 'Nothing to run, everything to pay per use',
    teaches:
      'Read a bill, make it an eighth of what it was, and build publish and subscribe from SNS and SQS.',
  },
  'three-ceilings': {
    title: 'Where each one stops',
    teaches: 'Raise the load on three brokers at once and see what gives first in each.',
  },
  'gone-or-kept': {
    title: 'Fifteen days later',
    teaches: 'A consumer was off for two weeks. Find out which broker still has what it missed.',
  },
  'choose-a-broker': {
    title: 'Nine jobs, three brokers',
    teaches: 'Assign nine jobs, run each on what you chose, and watch the requirements hold or fail.',
  },
  'two-models': {
    title: 'One price, four places',
    teaches:
      'Follow one price change from the write side to search, cache and analytics, and see why reads became cheap.',
  },
  'stale-window': {
    title: 'The catch',
    teaches:
      'Measure how old a read model is, oversell five items because of it, and decide where that is acceptable.',
  },
  'closing-the-gap': {
    title: 'Three repairs',
    teaches:
      'Read your own writes, show a value before it is confirmed, check versions: what each repairs and what it does not.',
  },
  ledger: {
    title: 'Three lines make a thousand',
    teaches:
      'A row knows the balance. A log knows how it came about, and answers questions nobody asked at the time.',
  },
  'nuclear-option': {
    title: 'When not to',
    teaches:
      'Put a price on replaying history, add snapshots, and say no to event sourcing where it does not pay.',
  },
  'schema-drift': {
    title: 'The consumer that never updated',
    teaches:
      'Rename a field and read zeros eight months later. Let a registry stop it, and ship the change in a safe order.',
  },
  'distributed-monolith': {
    title: 'Coupling with a broker in the middle',
    teaches: 'Eight services, fifty-six subscriptions. Measure how far one change reaches, then cut it back.',
  },
  twice: {
    title: 'At least once',
    teaches:
      'Place a crash between any two steps, see a charge lost or made twice, and make the consumer survive both.',
  },
  'out-of-order': {
    title: 'Late, early, sideways',
    teaches:
      'The withdrawal arrives before the deposit. Know when to wait, when to drop and when to compute again.',
  },
  silence: {
    title: 'Nothing happened, and nobody said so',
    teaches:
      'One customer got no e-mail and there is no error anywhere. Find it with as few tools as you can.',
  },
  'first-flow': {
    title: 'Weeks 1 to 6',
    teaches:
      'Pick a first integration and build it, outbox and all, so that it survives a crash at every point.',
  },
  'expand-and-govern': {
    title: 'Weeks 7 to 12',
    teaches:
      'Add flows without losing sight of them, and replay last week without sending the e-mails again.',
  },
} satisfies Record<string, LessonWords>;

const parts: Record<PartId, { readonly numeral: string; readonly name: string }> = {
  why: { numeral: 'I', name: 'Why' },
  brokers: { numeral: 'II', name: 'Three brokers' },
  cqrs: { numeral: 'III', name: 'CQRS' },
  sourcing: { numeral: 'IV', name: 'Event sourcing' },
  pitfalls: { numeral: 'V', name: 'Four pitfalls' },
  doing: { numeral: 'VI', name: 'Doing it' },
};

/** Only some branches have a name on the map; the four pitfalls are named by their lessons. */
const branches: Record<BranchId, string | null> = {
  kafka: 'Kafka',
  rabbitmq: 'RabbitMQ',
  sqs: 'SQS',
  together: 'All three, compared',
  schema: null,
  coupling: null,
  delivery: null,
  silence: null,
};

const routes: Record<RouteId, { readonly name: string; readonly what: string }> = {
  short: { name: 'Short tour', what: 'One lesson from each part' },
  brokerDay: { name: 'Broker day', what: 'Kafka, RabbitMQ and SQS, then all three together' },
  incidents: { name: 'Incident drills', what: 'Begin each one where it breaks' },
  architect: { name: 'Architect', what: 'Whether, where and how to begin' },
  workshop: { name: 'Workshop', what: 'For a room of people, with a break of five minutes after lesson 4' },
};

export const course = {
  lessons: lessons as Readonly<Record<string, LessonWords>>,
  parts,
  branches,
  routes,
};
