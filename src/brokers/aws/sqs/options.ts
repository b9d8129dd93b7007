/**
 * How SQS itself behaves, where AWS promises little and publishes no numbers: those are ours, and say so. Everything AWS
 * lets its users set is an attribute of a queue instead.
 */
import { optionReader, readOnce } from '../../../kernel/options';
import type { OptionSpec } from '../../../kernel/part';

/** The shape of SqsSpec in scenario/scenario.ts. */
export interface SqsOptions {
  readonly name: string;
  readonly queues: readonly {
    readonly name: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }[];
  readonly options?: Readonly<Record<string, unknown>>;
}

const guide = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/';
/** AWS says that it happens, and not how often. */
const ours = (page: string) => `the number is ours; that it happens: ${guide}${page}`;

export const options: readonly OptionSpec[] = [
  {
    name: 'duplicateProbability',
    type: 'number',
    default: 0.00001,
    ...{ unit: '', min: 0, max: 1, takes: 'nothing' },
    source: ours('standard-queues-at-least-once-delivery.html'),
  },
  {
    name: 'outOfOrderProbability',
    type: 'number',
    default: 0.1,
    ...{ unit: '', min: 0, max: 1, takes: 'nothing' },
    source: ours('standard-queues.html'),
  },
  {
    name: 'orderWindow',
    type: 'number',
    default: 4,
    ...{ integer: true, unit: '', min: 1, max: 1000, takes: 'nothing' },
    source: ours('standard-queues.html'),
  },
  {
    name: 'hosts',
    type: 'number',
    default: 20,
    ...{ integer: true, unit: '', min: 1, max: 64, takes: 'restart' },
    source: ours('sqs-short-and-long-polling.html'),
  },
  {
    name: 'hostsSampled',
    type: 'number',
    default: 19,
    ...{ integer: true, unit: '', min: 1, max: 64, takes: 'nothing' },
    source: ours('sqs-short-and-long-polling.html'),
  },
  {
    name: 'fifoGroupWindow',
    type: 'number',
    default: 1,
    ...{ integer: true, unit: '', min: 1, max: 1000, takes: 'nothing' },
    source: ours('FIFO-queues-understanding-logic.html'),
  },
  {
    name: 'inFlightLimit',
    type: 'number',
    default: 120000,
    ...{ integer: true, unit: '', min: 1, max: 1_000_000, takes: 'nothing' },
    source: `${guide}quotas-messages.html; AWS does not let it be changed`,
  },
  {
    name: 'fifoCallsPerSecond',
    type: 'number',
    default: 300,
    ...{ integer: true, unit: 'per second', min: 1, max: 1_000_000, takes: 'nothing' },
    source: `${guide}quotas-fifo.html; AWS does not let it be changed`,
  },
  {
    name: 'attributesLagMs',
    type: 'number',
    default: 0,
    ...{ unit: 'ms', min: 0, max: 60000, takes: 'nothing' },
    source: ours('sqs-monitoring-using-cloudwatch.html'),
  },
  {
    name: 'moveRate',
    type: 'number',
    default: 500,
    ...{ integer: true, unit: 'per second', min: 1, max: 500, takes: 'nothing' },
    source: ours('sqs-configure-dead-letter-queue-redrive.html'),
  },
];

export interface Setup {
  readonly duplicateProbability: number;
  readonly outOfOrderProbability: number;
  readonly orderWindow: number;
  readonly hosts: number;
  readonly hostsSampled: number;
  readonly fifoGroupWindow: number;
  readonly inFlightLimit: number;
  readonly fifoCallsPerSecond: number;
  readonly attributesLagMs: number;
  readonly moveRate: number;
}

export const readSetup = readOnce((given): Setup => {
  const read = optionReader(options, given);
  return {
    duplicateProbability: read.number('duplicateProbability'),
    outOfOrderProbability: read.number('outOfOrderProbability'),
    orderWindow: read.number('orderWindow'),
    hosts: read.number('hosts'),
    hostsSampled: Math.min(read.number('hostsSampled'), read.number('hosts')),
    fifoGroupWindow: read.number('fifoGroupWindow'),
    inFlightLimit: read.number('inFlightLimit'),
    fifoCallsPerSecond: read.number('fifoCallsPerSecond'),
    attributesLagMs: read.number('attributesLagMs'),
    moveRate: read.number('moveRate'),
  };
});
