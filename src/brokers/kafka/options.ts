/**
 * Every option of the Kafka broker that this model obeys, by its real name. Left out: everything about disks,
 * threads, security and quotas.
 */
import type { OptionSpec } from '../../kernel/part';
import { groupOptions } from './group-options';

/** What a scenario says about a broker: the shape of BrokerSpec in scenario/scenario.ts. Times are milliseconds. */
export interface BrokerOptions {
  readonly name: string;
  readonly topics: readonly TopicOptions[];
  /** How many nodes the cluster has; left out: one, which is a cluster of its own. */
  readonly nodes?: number;
  /** Which of them this is, from 1. */
  readonly node?: number;
  /** By real name, e.g. "group.initial.rebalance.delay.ms". */
  readonly options?: OptionValues;
}

export interface TopicOptions {
  readonly name: string;
  readonly partitions: number;
  /** null: for ever. */
  readonly retentionMs?: number | null;
  /** −1: no limit. */
  readonly retentionBytes?: number;
  readonly segmentBytes?: number;
  readonly segmentMs?: number;
  /** Copies of each partition; left out: as many as there are nodes, at most three. */
  readonly replicationFactor?: number;
  /** min.insync.replicas. */
  readonly minInSyncReplicas?: number;
  /** unclean.leader.election.enable. */
  readonly uncleanLeaderElection?: boolean;
}

export type OptionValue = number | string | boolean;
export type OptionValues = Readonly<Record<string, OptionValue>>;

const manual = 'https://kafka.apache.org/documentation/';
const days = 24 * 60 * 60 * 1000;
const wholeNumberMax = 2147483647;

/**
 * Options of one topic, with the broker option each takes its default from (ServerTopicConfigSynonyms.java). Defaults
 * are those of LogConfig.java and ServerLogConfigs.java, with KIP-1030's for 4.0.
 */
const perTopic: readonly (Omit<OptionSpec, 'source' | 'takes'> & { readonly broker: string })[] = [
  {
    name: 'max.message.bytes',
    broker: 'message.max.bytes',
    type: 'number',
    default: 1048588,
    unit: 'bytes',
    min: 0,
  },
  // Kafka 4 refuses segments below 1 MiB; smaller ones are allowed here, so that a lesson's segments fit the screen.
  {
    name: 'segment.bytes',
    broker: 'log.segment.bytes',
    type: 'number',
    default: 1073741824,
    unit: 'bytes',
    min: 14,
  },
  { name: 'segment.ms', broker: 'log.roll.ms', type: 'number', default: 7 * days, unit: 'ms', min: 1 },
  {
    name: 'retention.ms',
    broker: 'log.retention.ms',
    type: 'number',
    default: 7 * days,
    unit: 'ms',
    min: -1,
  },
  {
    name: 'retention.bytes',
    broker: 'log.retention.bytes',
    type: 'number',
    default: -1,
    unit: 'bytes',
    min: -1,
  },
  {
    name: 'cleanup.policy',
    broker: 'log.cleanup.policy',
    type: 'string',
    default: 'delete',
    unit: '',
    values: ['delete', 'compact', 'compact,delete', 'delete,compact'],
  },
  {
    name: 'min.cleanable.dirty.ratio',
    broker: 'log.cleaner.min.cleanable.ratio',
    type: 'number',
    default: 0.5,
    unit: '',
    min: 0,
    max: 1,
  },
  {
    name: 'min.compaction.lag.ms',
    broker: 'log.cleaner.min.compaction.lag.ms',
    type: 'number',
    default: 0,
    unit: 'ms',
    min: 0,
  },
  {
    name: 'max.compaction.lag.ms',
    broker: 'log.cleaner.max.compaction.lag.ms',
    type: 'number',
    default: Number.MAX_SAFE_INTEGER,
    unit: 'ms',
    min: 1,
  },
  {
    name: 'delete.retention.ms',
    broker: 'log.cleaner.delete.retention.ms',
    type: 'number',
    default: days,
    unit: 'ms',
    min: 0,
  },
  {
    name: 'message.timestamp.type',
    broker: 'log.message.timestamp.type',
    type: 'string',
    default: 'CreateTime',
    unit: '',
    values: ['CreateTime', 'LogAppendTime'],
  },
  {
    name: 'message.timestamp.before.max.ms',
    broker: 'log.message.timestamp.before.max.ms',
    type: 'number',
    default: Number.MAX_SAFE_INTEGER,
    unit: 'ms',
    min: 0,
  },
  {
    name: 'message.timestamp.after.max.ms',
    broker: 'log.message.timestamp.after.max.ms',
    type: 'number',
    default: 60 * 60 * 1000,
    unit: 'ms',
    min: 0,
  },
];

/** Topic settings that only matter with several nodes; a broker that does not set them has their defaults. */
const perReplicatedTopic: typeof perTopic = [
  {
    ...{ name: 'min.insync.replicas', broker: 'min.insync.replicas', type: 'number', default: 1 },
    ...{ unit: '', min: 1 },
  },
  {
    ...{ name: 'unclean.leader.election.enable', broker: 'unclean.leader.election.enable' },
    ...{ type: 'boolean', default: false, unit: '' },
  },
];

export const topicOptions: readonly OptionSpec[] = [...perTopic, ...perReplicatedTopic].map(
  ({ broker: _, ...option }) => ({
    ...option,
    source: `${manual}#topicconfigs_${option.name}`,
    takes: 'nothing',
  }),
);

/** Broker option → the topic option it is the default of. */
export const topicSynonyms: ReadonlyMap<string, string> = new Map(
  [...perTopic, ...perReplicatedTopic].map(({ name, broker }) => [broker, name]),
);

/** What nodes of a cluster do with each other (ReplicationConfigs.java, KRaftConfigs.java, coordinators' configs). */
export const clusterOptions: readonly OptionSpec[] = [
  number('replica.lag.time.max.ms', 30_000, 'ms', 1, 'restart'),
  number('replica.fetch.wait.max.ms', 500, 'ms', 1, 'restart'),
  number('replica.fetch.backoff.ms', 1000, 'ms', 1, 'restart'),
  number('replica.socket.timeout.ms', 30_000, 'ms', 1, 'restart'),
  number('broker.session.timeout.ms', 9000, 'ms', 1, 'restart'),
  number('broker.heartbeat.interval.ms', 2000, 'ms', 1, 'restart'),
  number('default.replication.factor', 1, '', 1, 'restart'),
  number('leader.imbalance.check.interval.seconds', 300, '', 1, 'restart'),
  number('offsets.topic.num.partitions', 50, '', 1, 'restart'),
  number('offsets.topic.replication.factor', 3, '', 1, 'restart'),
  number('transaction.state.log.num.partitions', 50, '', 1, 'restart'),
  number('transaction.state.log.replication.factor', 3, '', 1, 'restart'),
  number('transaction.state.log.min.isr', 2, '', 1, 'restart'),
];

export const brokerOptions: readonly OptionSpec[] = [
  ...clusterOptions,
  ...[...perTopic, ...perReplicatedTopic].map(({ broker, ...option }): OptionSpec => ({
    ...option,
    name: broker,
    source: `${manual}#brokerconfigs_${broker}`,
    takes: 'nothing',
  })),
  number('num.partitions', 1, '', 1, 'nothing'),
  {
    name: 'auto.create.topics.enable',
    type: 'boolean',
    default: true,
    unit: '',
    source: `${manual}#brokerconfigs_auto.create.topics.enable`,
    takes: 'restart',
  },
  number('fetch.max.bytes', 57671680, 'bytes', 1024, 'restart'),
  number('log.retention.check.interval.ms', 5 * 60 * 1000, 'ms', 1, 'restart'),
  number('log.initial.task.delay.ms', 30 * 1000, 'ms', 0, 'restart'),
  number('log.cleaner.backoff.ms', 15 * 1000, 'ms', 0, 'restart'),
  number('group.initial.rebalance.delay.ms', 3000, 'ms', 0, 'restart'),
  number('group.min.session.timeout.ms', 6000, 'ms', 1, 'restart'),
  number('group.max.session.timeout.ms', 30 * 60 * 1000, 'ms', 1, 'restart'),
  number('group.max.size', wholeNumberMax, '', 1, 'restart'),
  ...groupOptions,
  number('offsets.retention.minutes', 7 * 24 * 60, '', 1, 'restart'),
  number('offsets.retention.check.interval.ms', 10 * 60 * 1000, 'ms', 1, 'restart'),
];

/** Each once: some are called the same for a broker and for a topic. */
export const everyOption: readonly OptionSpec[] = [
  ...brokerOptions,
  ...topicOptions.filter((topic) => !brokerOptions.some(({ name }) => name === topic.name)),
];

function number(
  name: string,
  standard: number,
  unit: OptionSpec['unit'],
  min: number,
  takes: OptionSpec['takes'],
): OptionSpec {
  return {
    name,
    type: 'number',
    default: standard,
    unit,
    min,
    source: `${manual}#brokerconfigs_${name}`,
    takes,
  };
}

/**
 * A value as an option takes it: numbers may come as text, as in a real configuration. undefined when it is of
 * another type, not whole, out of bounds or not one of the values allowed.
 */
export function readOption(option: OptionSpec, value: OptionValue): OptionValue | undefined {
  if (option.type === 'boolean')
    return value === true || value === 'true' ? true : isFalse(value) ? false : undefined;
  if (option.type === 'string')
    return option.values?.includes(String(value)) === false ? undefined : String(value);
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  // what lies between 0 and 1 is a share, and need not be whole
  const isShare = option.min === 0 && option.max === 1;
  if (typeof given !== 'number' || !(isShare ? Number.isFinite(given) : Number.isInteger(given)))
    return undefined;
  return given >= (option.min ?? -Infinity) && given <= (option.max ?? Infinity) ? given : undefined;
}

function isFalse(value: OptionValue): boolean {
  return value === false || value === 'false';
}
