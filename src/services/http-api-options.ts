import type { LatencyTable } from '../kernel/distribution';
import { BadOption, optionReader, type GivenOptions } from '../kernel/options';
import type { OptionSpec } from '../kernel/part';
import { ms, type Duration } from '../kernel/time';
import { readLatency } from './latency';

export const stepNames = ['validate', 'persist', 'publish', 'calls', 'respond'] as const;
export type StepName = (typeof stepNames)[number];

/** An API's options, read. */
export interface ApiSetup {
  readonly steps: readonly StepName[];
  readonly calls: readonly string[];
  readonly mode: 'series' | 'parallel';
  readonly timeout: Duration;
  readonly retries: number;
  readonly retryAfter: Duration;
  readonly latencies: Readonly<Record<'validate' | 'persist' | 'publish', LatencyTable>>;
  readonly store: string;
  /** What a new order's row says. */
  readonly orderState: string;
  /** Table that the event is noted in together with the order; null: it is not. */
  readonly outbox: string | null;
  readonly place: string;
  readonly driver: string;
}

const latency = (name: string, step: string): OptionSpec => ({
  name,
  type: 'number',
  default: 0,
  unit: 'ms',
  min: 0,
  source: `time that ${step} takes: milliseconds, or a distribution`,
  takes: 'nothing',
});

const text = (name: string, value: string, source: string): OptionSpec => ({
  ...{ name, type: 'string', default: value, unit: '', source, takes: 'nothing' },
});

export const apiOptions: readonly OptionSpec[] = [
  text(
    'steps',
    'calls',
    'what it does for a request, in order: validate persist publish calls respond. What comes after "respond" happens when the caller has its answer',
  ),
  text('calls', '', 'services it calls in the step "calls", in order'),
  { ...text('mode', 'series', 'one call after the other, or all at once'), values: ['series', 'parallel'] },
  {
    name: 'timeoutMs',
    type: 'number',
    default: 0,
    unit: 'ms',
    min: 0,
    source: 'wait for the answer to a call; 0: for ever (as axios, node:http and many others by default)',
    takes: 'nothing',
  },
  {
    name: 'retries',
    type: 'number',
    default: 0,
    unit: 'times',
    min: 0,
    max: 10,
    source: 'further tries of a call that was refused, failed or timed out',
    takes: 'nothing',
  },
  {
    name: 'retryAfterMs',
    type: 'number',
    default: 0,
    unit: 'ms',
    min: 0,
    source: 'wait before a call is tried again',
    takes: 'nothing',
  },
  latency('validateMs', 'checking the request'),
  latency('persistMs', 'writing the order, without the way to the store'),
  latency('publishMs', 'preparing the event, without the way to the broker'),
  text('store', '', 'process it persists to'),
  text('orderState', 'CONFIRMED', 'state of a new order in the store'),
  text(
    'outbox',
    '',
    'table in the store where the event is noted in the transaction of the order, for a relay to publish; empty: none',
  ),
  text('place', 'orders', 'topic, exchange or queue it publishes to'),
  text('driver', 'kafka.producer', 'part of this process that publishes'),
];

/** Scenario → API. Throws BadOption. */
export function readApi(given: GivenOptions): ApiSetup {
  const read = optionReader(
    apiOptions.filter(({ name }) => !latencyNames.includes(name)),
    given,
  );
  const steps = read.list('steps');
  const stranger = steps.find((step) => !(stepNames as readonly string[]).includes(step));
  if (stranger !== undefined)
    throw new BadOption(`Option "steps" names ${stepNames.join(', ')}, and "${stranger}" is none of them.`);
  if (steps.includes('persist') && read.string('store') === '')
    throw new BadOption('The step "persist" needs the option "store".');
  return {
    steps: steps as StepName[],
    calls: read.list('calls'),
    mode: read.string('mode') as ApiSetup['mode'],
    timeout: ms(read.number('timeoutMs')),
    retries: Math.trunc(read.number('retries')),
    retryAfter: ms(read.number('retryAfterMs')),
    latencies: {
      validate: readLatency(given, 'validateMs'),
      persist: readLatency(given, 'persistMs'),
      publish: readLatency(given, 'publishMs'),
    },
    store: read.string('store'),
    orderState: read.string('orderState'),
    outbox: read.string('outbox') || null,
    place: read.string('place'),
    driver: read.string('driver'),
  };
}

const latencyNames = ['validateMs', 'persistMs', 'publishMs'];
