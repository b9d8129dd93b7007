/** Compare: one workload on several brokers, under one playhead. */
import { clock } from '../../stage/clock';
import type { Place } from '../compare/where';
import type { Trouble, Variant } from '../compare/workload';
import { setting } from '../compare/workload';

const seconds = (time: number): string => `${(time / 1e6).toFixed(1)} s`;

const names: Record<Variant, string> = {
  kafka: 'Kafka',
  rabbitmq: 'RabbitMQ',
  sqs: 'SQS, standard',
  fifo: 'SQS, FIFO',
};

/** "worker-b" → "B". */
const letter = (worker: string): string => worker.slice(-1).toUpperCase();

function where(place: Place, time: number): string {
  switch (place.is) {
    case 'log': {
      const at = `partition ${place.partition}, offset ${place.offset}`;
      if (place.isCommitted) return `${at}, behind the flag`;
      return place.reader === null ? `${at}, nobody reads` : at;
    }
    case 'ready':
      return place.ahead === 0 ? 'at the head of the queue' : `in the queue, ${place.ahead} before it`;
    case 'underway':
      return place.to.startsWith('worker') ? `on its way to ${letter(place.to)}` : 'on its way to the broker';
    case 'held':
      return `in ${letter(place.by)}’s hands, not acknowledged`;
    case 'visible':
      return 'in the queue, visible';
    case 'hidden':
      return `in the queue, hidden ${seconds(Math.max(0, place.until - time))} more`;
    case 'nowhere':
      return 'not there';
  }
}

const trouble: Record<Trouble, string> = {
  none: 'Nothing',
  after: 'B dies, job done',
  before: 'B dies, job not done',
  slow: 'B is slow',
  poison: 'One order fails',
};

const { orders, products, perSecond, sessionMs, prefetch, visibilityMs, slowFactor, poison } = setting;

export const compare = {
  title: 'Same orders, three brokers',
  lead: 'One workload and one schedule of faults on Kafka, RabbitMQ and SQS.',
  names,
  letter,
  worker: (worker: string) => `worker ${letter(worker)}`,
  views: { label: 'What is shown', picture: 'Stage', table: 'Table', differences: 'Story' },
  playing: 'Playing the runs …',
  failed: 'The runs could not be played.',
  now: (time: number, followed: string | null) =>
    followed === null ? `At ${clock(time)}` : `At ${clock(time)}, following ${followed}`,
  rows: {
    kafka: (partition: number) => `partition ${partition}`,
    rabbitmq: 'ready in the queue',
    sqs: 'in the bag',
    fifo: 'in the bag',
  },
  same: {
    title: 'Same for all',
    lines: [
      `${orders} orders, ${perSecond} a second, ${products.length} products`,
      `two workers, a job takes 0.9 s`,
      `Kafka: session ${sessionMs / 1000} s. RabbitMQ: prefetch ${prefetch}. SQS: visibility ${visibilityMs / 1000} s`,
    ],
    labelled:
      'SQS picks among the oldest few, as a stand-in for the order AWS does not promise. These odds are ours.',
  },
  trouble: {
    label: 'What goes wrong',
    names: trouble,
    told: {
      none: 'Nothing goes wrong.',
      after: 'B dies after a job is done and before its broker hears of it. It stays down.',
      before: 'B dies with a job in its hands and nothing done. It stays down.',
      slow: `From 0:04 on B works ${slowFactor} times as long, for six seconds.`,
      poison: `The handler fails on ${poison}, every time.`,
    } satisfies Record<Trouble, string>,
  },
  third: { label: 'SQS queue', sqs: 'standard', fifo: 'FIFO' },
  seed: 'Seed',
  otherSeed: 'Another seed',
  first: (at: number) => `First divergence at ${clock(at)}`,
  none: 'The runs do not part: all brokers do the same here.',
  jump: (at: number) => `Jump to ${clock(at)}`,
  next: 'Next difference',
  noNext: 'There is no further difference.',
  previous: 'Difference before',
  begins: (label: string, nth: number) => (nth === 1 ? `${label} begins` : `${label} begins again`),
  at: (at: number, worker: string) => `${clock(at)}, ${letter(worker)}`,
  never: 'never',
  behind: (variant: Variant, label: string) =>
    `${names[variant]} keeps it behind ${label}, the same product.`,
  buttons: { start: 'To the start', end: 'To the end', play: 'Play', pause: 'Pause' },
  scrub: 'Time, for all runs',
  scrubValue: (time: number) => `${(time / 1e6).toFixed(1)} seconds`,
  drawing: 'The runs over one time axis. Table and Story say the same in words.',
  drawn: (time: string) => `The runs at ${time}`,
  portraits: 'Each broker at this moment',
  divergence: 'first divergence',
  axis: ['one time', 'for all'] as const,
  dies: (worker: string) => `${letter(worker)} dies`,
  slowed: 'B slow',
  second: (label: string) => `${label}, again`,
  secondTimes: (label: string, times: number) => `${label}, again ${times} times`,
  committed: (offset: number) => `next ${offset}`,
  counts: {
    lane: (behind: number) => (behind === 0 ? 'all committed' : `${behind} not committed`),
    stack: (ready: number, unacked: number) => `${ready} ready, ${unacked} unacked`,
    pile: (visible: number, hidden: number) => `${visible} visible, ${hidden} hidden`,
  },
  table: {
    caption: 'Sums over the whole run',
    whole: 'whole run',
    twice: 'applied twice',
    missing: 'not applied',
    outOfOrder: 'out of order',
    wait: 'longest wait',
    done: 'all done',
    where: (label: string, time: number) => `where ${label} is at ${clock(time)}`,
    wait0: '–',
    notDone: 'not by 0:30',
  },
  each: {
    caption: 'Every order: when its job began, with whom, and what became of it',
    order: 'order',
    became: { applied: 'done', failed: 'failed', broken: 'cut short', unfinished: 'under way' },
  },
  where,
  seconds,
  clock,
} as const;
