/** Options of the two drivers by kafkajs's names, with its defaults. Nested ones are written with a dot: "retry.retries". */
import {
  BadOption,
  optionReader,
  readOnce,
  type GivenOptions,
  type OptionReader,
} from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, type Duration } from '../../kernel/time';
import type { PartitionerName } from './partitioner';
import type { RetryOptions } from './retry';

const clientPage = 'https://kafka.js.org/docs/configuration';
const producingPage = 'https://kafka.js.org/docs/producing';
const consumingPage = 'https://kafka.js.org/docs/consuming';

/** Shared by both: the connection to the cluster. */
const cluster: readonly OptionSpec[] = [
  text('broker', 'kafka', 'name of the cluster, and of its process where it has one node', clientPage),
  text('brokers', '', 'nodes to ask first, separated by spaces; left out: the only one', clientPage),
  text('clientId', '', 'default: name of the process', clientPage),
  time('requestTimeout', 30_000, 'kafkajs src/cluster/index.js', 1),
  time('metadataMaxAge', 300_000, 'kafkajs src/index.js', 1),
  flag('allowAutoTopicCreation', true, 'kafkajs src/index.js'),
  text('observer', '', 'part of this process that hears what happens to the client', clientPage),
  time('retry.initialRetryTime', 300, 'kafkajs src/retry/defaults.js', 1),
  time('retry.maxRetryTime', 30_000, 'kafkajs src/retry/defaults.js', 1),
  number('retry.factor', 0.2, '', 'kafkajs src/retry/defaults.js', 0, 1),
  number('retry.multiplier', 2, '', 'kafkajs src/retry/defaults.js', 1, 10),
  number('retry.retries', 5, 'times', 'kafkajs src/retry/defaults.js', 0, 1000),
];

export const producerOptions: readonly OptionSpec[] = [
  ...cluster,
  { ...number('acks', -1, '', producingPage, -1, 1), values: ['-1', '0', '1'] },
  time('timeout', 30_000, producingPage, 1),
  {
    ...text('createPartitioner', 'DefaultPartitioner', 'kafkajs src/producer/partitioners', producingPage),
    values: ['DefaultPartitioner', 'LegacyPartitioner'],
  },
];

export const consumerOptions: readonly OptionSpec[] = [
  ...cluster,
  text('groupId', 'group', 'required in kafkajs', consumingPage),
  text('topics', '', 'names, separated by spaces; kafkajs: subscribe', consumingPage),
  flag('fromBeginning', false, 'kafkajs src/consumer/index.js'),
  text('handler', 'consumer', 'part of this process that eachMessage calls', consumingPage),
  {
    ...text('partitionAssigners', 'RoundRobinAssigner', 'kafkajs src/consumer/assigners', consumingPage),
    values: ['RoundRobinAssigner', 'range', 'roundrobin'],
  },
  time('sessionTimeout', 30_000, 'kafkajs src/consumer/index.js', 1),
  time('rebalanceTimeout', 60_000, 'kafkajs src/consumer/index.js', 1),
  time('heartbeatInterval', 3_000, 'kafkajs src/consumer/index.js', 1),
  time('maxWaitTimeInMs', 5_000, 'kafkajs src/consumer/index.js', 1),
  number('minBytes', 1, 'bytes', 'kafkajs src/consumer/index.js', 0),
  number('maxBytes', 10_485_760, 'bytes', 'kafkajs src/consumer/index.js', 1),
  number('maxBytesPerPartition', 1_048_576, 'bytes', 'kafkajs src/consumer/index.js', 1),
  flag('readUncommitted', false, 'kafkajs src/index.js'),
  flag('autoCommit', true, 'kafkajs src/consumer/index.js run'),
  {
    ...text(
      'commit',
      'after',
      'before: autoCommit is off, and the first line of eachMessage is await consumer.commitOffsets of its message',
      consumingPage,
    ),
    values: ['after', 'before'],
    takes: 'next delivery',
  },
  text(
    'transactionalId',
    '',
    'what is read is committed in transactions of this id (producer.transaction, sendOffsets); empty: by the consumer',
    'https://kafka.js.org/docs/transactions',
  ),
  { ...time('autoCommitInterval', 0, 'kafkajs src/consumer/index.js run', 0), default: null },
  {
    ...number('autoCommitThreshold', 0, 'records', 'kafkajs src/consumer/index.js run', 1),
    default: null,
  },
  number('partitionsConsumedConcurrently', 1, '', 'kafkajs src/consumer/index.js run', 1, 100),
  {
    ...text(
      'eachBatch',
      '',
      'run: eachBatch instead of eachMessage, with or without eachBatchAutoResolve',
      consumingPage,
    ),
    values: ['', 'resolve', 'keep'],
  },
];

/** What both drivers know about their cluster. Durations in microseconds. */
export interface ClusterOptions {
  /** First part of the addresses of its partitions. */
  readonly broker: string;
  /** Nodes to ask first; absent: `broker` is the only one. */
  readonly hosts?: readonly string[];
  readonly clientId: string;
  readonly requestTimeout: Duration;
  readonly metadataMaxAge: Duration;
  readonly allowAutoTopicCreation: boolean;
  readonly retry: RetryOptions;
  /** Part that hears what happens; absent: nobody. */
  readonly observer?: string;
}

export interface ProducerOptions extends ClusterOptions {
  readonly acks: 0 | 1 | -1;
  /** Sent along: how long the broker may wait for replicas. Milliseconds. */
  readonly timeoutMs: number;
  readonly partitioner: PartitionerName;
}

export interface ConsumerOptions extends ClusterOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly fromBeginning: boolean;
  readonly handler: string;
  readonly assignor: string;
  readonly sessionTimeout: Duration;
  readonly rebalanceTimeout: Duration;
  readonly heartbeatInterval: Duration;
  readonly maxWaitTime: Duration;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
  readonly isolationLevel: 0 | 1;
  readonly autoCommit: boolean;
  /** The handler commits its message before it works on it, and nobody commits after it. */
  readonly commitFirst: boolean;
  readonly autoCommitInterval: Duration | null;
  readonly autoCommitThreshold: number | null;
  readonly concurrency: number;
  /** Commits go through transactions of this id; absent: they do not. */
  readonly transactionalId?: string;
  /** Whole batches are handed over; and whether kafkajs resolves a batch that was handled. Absent: eachMessage. */
  readonly eachBatch?: 'resolve' | 'keep';
}

/** Only the connection to the cluster. Throws BadOption. */
export const readRequestOptions = readOnce((given: GivenOptions): ClusterOptions => {
  return clusterOptions(optionReader(cluster, given));
});

/** Scenario → driver. Throws BadOption. */
export const readProducerOptions = readOnce((given: GivenOptions): ProducerOptions => {
  const read = optionReader(producerOptions, given);
  return {
    ...clusterOptions(read),
    acks: read.number('acks') as 0 | 1 | -1,
    timeoutMs: read.number('timeout'),
    partitioner: read.string('createPartitioner') as PartitionerName,
  };
});

/** Scenario → driver. Throws BadOption. */
export const readConsumerOptions = readOnce((given: GivenOptions): ConsumerOptions => {
  const read = optionReader(consumerOptions, given);
  const interval = read.numberOrNull('autoCommitInterval');
  if (read.number('heartbeatInterval') >= read.number('sessionTimeout')) {
    // kafkajs consumer/index.js refuses this too
    throw new BadOption(
      'Option "heartbeatInterval" is lower than "sessionTimeout", best about a third of it.',
    );
  }
  return {
    ...clusterOptions(read),
    groupId: read.string('groupId'),
    topics: read.list('topics'),
    fromBeginning: read.boolean('fromBeginning'),
    handler: read.string('handler'),
    assignor: read.string('partitionAssigners'),
    sessionTimeout: ms(read.number('sessionTimeout')),
    rebalanceTimeout: ms(read.number('rebalanceTimeout')),
    heartbeatInterval: ms(read.number('heartbeatInterval')),
    maxWaitTime: ms(read.number('maxWaitTimeInMs')),
    minBytes: read.number('minBytes'),
    maxBytes: read.number('maxBytes'),
    maxBytesPerPartition: read.number('maxBytesPerPartition'),
    isolationLevel: read.boolean('readUncommitted') ? 0 : 1,
    autoCommit: read.boolean('autoCommit'),
    commitFirst: read.string('commit') === 'before',
    autoCommitInterval: interval === null ? null : ms(interval),
    autoCommitThreshold: read.numberOrNull('autoCommitThreshold'),
    concurrency: read.number('partitionsConsumedConcurrently'),
    ...(read.string('transactionalId') === '' ? {} : { transactionalId: read.string('transactionalId') }),
    ...(read.string('eachBatch') === '' ? {} : { eachBatch: read.string('eachBatch') as 'resolve' | 'keep' }),
  };
});

/** New values while it runs: only those that wait for nothing but the next delivery. */
export function reconfigured(options: ConsumerOptions, changed: GivenOptions): ConsumerOptions {
  const other = Object.keys(changed).find((name) => name !== 'commit');
  if (other !== undefined)
    throw new BadOption(`Option "${other}" of a consumer cannot be changed while it runs.`);
  const commitFirst = optionReader(consumerOptions, changed).string('commit') === 'before';
  return { ...options, commitFirst };
}

/** Whether kafkajs commits by itself what has been worked through. */
export function commitsByItself({ autoCommit, commitFirst }: ConsumerOptions): boolean {
  return autoCommit && !commitFirst;
}

function clusterOptions(read: OptionReader): ClusterOptions {
  return {
    broker: read.string('broker'),
    ...(read.string('brokers') === '' ? {} : { hosts: read.list('brokers') }),
    clientId: read.string('clientId'),
    requestTimeout: ms(read.number('requestTimeout')),
    metadataMaxAge: ms(read.number('metadataMaxAge')),
    allowAutoTopicCreation: read.boolean('allowAutoTopicCreation'),
    retry: {
      initialRetryTime: read.number('retry.initialRetryTime'),
      maxRetryTime: read.number('retry.maxRetryTime'),
      factor: read.number('retry.factor'),
      multiplier: read.number('retry.multiplier'),
      retries: read.number('retry.retries'),
    },
    ...(read.string('observer') === '' ? {} : { observer: read.string('observer') }),
  };
}

function time(name: string, milliseconds: number, source: string, min: number): OptionSpec {
  return number(name, milliseconds, 'ms', source, min);
}

function number(
  name: string,
  value: number,
  unit: OptionSpec['unit'],
  source: string,
  min: number,
  max?: number,
): OptionSpec {
  return {
    name,
    type: 'number',
    default: value,
    unit,
    min,
    ...(max === undefined ? {} : { max }),
    source,
    takes: 'restart',
  };
}

function flag(name: string, value: boolean, source: string): OptionSpec {
  return { name, type: 'boolean', default: value, unit: '', source, takes: 'restart' };
}

function text(name: string, value: string, note: string, page: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source: `${note} (${page})`, takes: 'restart' };
}
