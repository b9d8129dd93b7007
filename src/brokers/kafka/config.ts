/** The options of a broker, read once: checked, typed, times in the kernel's microseconds. */
import { ms, type Duration } from '../../kernel/time';
import {
  brokerOptions,
  clusterOptions,
  readOption,
  topicOptions,
  topicSynonyms,
  type BrokerOptions,
  type OptionValue,
  type OptionValues,
  type TopicOptions,
} from './options';
import { groupOptions, type GivenGroupOptions } from './group-options';

export interface TopicConfig {
  readonly maxMessageBytes: number;
  readonly segmentBytes: number;
  readonly segmentTime: Duration;
  /** null: for ever. */
  readonly retention: Duration | null;
  /** null: no limit. */
  readonly retentionBytes: number | null;
  readonly timestampType: 'CreateTime' | 'LogAppendTime';
  readonly timestampBeforeMax: Duration;
  readonly timestampAfterMax: Duration;
  /** cleanup.policy has "compact"; absent: it has not. */
  readonly compaction?: Compaction;
  /** min.insync.replicas; absent: 1, the default. */
  readonly minInSync?: number;
  /** unclean.leader.election.enable; absent: false. */
  readonly unclean?: boolean;
}

export interface Compaction {
  /** cleanup.policy has "delete" too. */
  readonly deletes: boolean;
  /** Of all bytes that could be clean, this share must be dirty. */
  readonly dirtyRatioMin: number;
  readonly lagMin: Duration;
  readonly lagMax: Duration;
  readonly deleteRetention: Duration;
}

export interface BrokerConfig {
  /** Topic options by name, for topics that do not say otherwise. */
  readonly topicDefaults: OptionValues;
  readonly numPartitions: number;
  readonly autoCreateTopics: boolean;
  readonly fetchMaxBytes: number;
  readonly retentionCheckInterval: Duration;
  readonly initialTaskDelay: Duration;
  readonly initialRebalanceDelay: Duration;
  readonly sessionTimeoutMsMin: number;
  readonly sessionTimeoutMsMax: number;
  readonly groupSizeMax: number;
  readonly offsetsRetention: Duration;
  readonly offsetsCheckInterval: Duration;
  /** Absent: 15 s, the default. */
  readonly cleanerBackoff?: Duration;
  /** Of groups whose assignments the broker makes; absent: nothing was given. */
  readonly groups?: GivenGroupOptions;
}

const cleanerOptions = /^log\.clean(er|up)\./;
const unsetWhenAbsent = (name: string): boolean =>
  cleanerOptions.test(name) ||
  replicationOptions.test(name) ||
  clusterOptions.some((one) => one.name === name) ||
  groupOptions.some((one) => one.name === name);
const replicationOptions = /^(min\.insync\.replicas|unclean\.leader\.election\.enable)$/;

/** Content mistake: the scenario gives a broker an option it does not have, or a value the option does not take. */
export class BadBrokerOption extends Error {
  override readonly name = 'BadBrokerOption';
}

/** Reads a broker's options. Throws BadBrokerOption with the broker, the option and what it takes. */
export function brokerConfig({ name, options = {} }: BrokerOptions): BrokerConfig {
  const values: Record<string, OptionValue> = {};
  // what nobody sets of compaction and replication is not kept: it has its default when it is asked for
  for (const { name: known, default: standard } of brokerOptions)
    if (!unsetWhenAbsent(known)) values[known] = standard!;
  for (const key of Object.keys(options)) {
    const option = brokerOptions.find((known) => known.name === key);
    if (!option) throw new BadBrokerOption(`Broker "${name}" has no option "${key}". ${knownNames()}`);
    const value = readOption(option, options[key]);
    if (value === undefined)
      throw new BadBrokerOption(`Broker "${name}": ${key} cannot be ${String(options[key])}.`);
    values[key] = value;
  }
  const number = (key: string) => values[key] as number;
  const topicDefaults: Record<string, OptionValue> = {};
  for (const [broker, topic] of topicSynonyms) if (broker in values) topicDefaults[topic] = values[broker];
  return {
    topicDefaults,
    numPartitions: number('num.partitions'),
    autoCreateTopics: values['auto.create.topics.enable'] as boolean,
    fetchMaxBytes: number('fetch.max.bytes'),
    retentionCheckInterval: ms(number('log.retention.check.interval.ms')),
    initialTaskDelay: ms(number('log.initial.task.delay.ms')),
    initialRebalanceDelay: ms(number('group.initial.rebalance.delay.ms')),
    sessionTimeoutMsMin: number('group.min.session.timeout.ms'),
    sessionTimeoutMsMax: number('group.max.session.timeout.ms'),
    groupSizeMax: number('group.max.size'),
    offsetsRetention: ms(number('offsets.retention.minutes') * 60 * 1000),
    offsetsCheckInterval: ms(number('offsets.retention.check.interval.ms')),
    ...('log.cleaner.backoff.ms' in values ? { cleanerBackoff: ms(number('log.cleaner.backoff.ms')) } : {}),
    ...givenOfGroups(values),
  };
}

function givenOfGroups(values: OptionValues): Pick<BrokerConfig, 'groups'> {
  const given = groupOptions.filter(({ name }) => name in values);
  if (given.length === 0) return {};
  return { groups: Object.fromEntries(given.map(({ name }) => [name, values[name] as number])) };
}

/** Configuration of a topic; null when `configs` names an option that topics do not have, or a value it does not take. */
export function topicConfig(defaults: OptionValues, configs: OptionValues): TopicConfig | null {
  const values: Record<string, OptionValue> = { ...defaults };
  for (const key of Object.keys(configs)) {
    const option = topicOptions.find(({ name }) => name === key);
    const value = option && readOption(option, configs[key]);
    if (value === undefined) return null;
    values[key] = value;
  }
  const number = (key: string) => values[key] as number;
  return {
    maxMessageBytes: number('max.message.bytes'),
    segmentBytes: number('segment.bytes'),
    segmentTime: ms(number('segment.ms')),
    retention: number('retention.ms') < 0 ? null : ms(number('retention.ms')),
    retentionBytes: number('retention.bytes') < 0 ? null : number('retention.bytes'),
    timestampType: values['message.timestamp.type'] as TopicConfig['timestampType'],
    timestampBeforeMax: ms(number('message.timestamp.before.max.ms')),
    timestampAfterMax: ms(number('message.timestamp.after.max.ms')),
    ...compactionOf(values),
    ...('min.insync.replicas' in values ? { minInSync: number('min.insync.replicas') } : {}),
    ...(values['unclean.leader.election.enable'] === true ? { unclean: true } : {}),
  };
}

function compactionOf(values: OptionValues): Pick<TopicConfig, 'compaction'> {
  const read = (key: string): OptionValue =>
    values[key] ?? topicOptions.find(({ name }) => name === key)!.default!;
  const policies = String(read('cleanup.policy')).split(',');
  if (!policies.includes('compact')) return {};
  const time = (key: string): Duration => ms(Number(read(key)));
  return {
    compaction: {
      deletes: policies.includes('delete'),
      dirtyRatioMin: Number(read('min.cleanable.dirty.ratio')),
      lagMin: time('min.compaction.lag.ms'),
      lagMax: time('max.compaction.lag.ms'),
      deleteRetention: time('delete.retention.ms'),
    },
  };
}

/** A scenario's topic in the words of CreateTopics. */
export function configsOf({
  retentionMs,
  retentionBytes,
  segmentBytes,
  segmentMs,
  minInSyncReplicas,
  uncleanLeaderElection,
}: TopicOptions): OptionValues {
  return {
    ...(retentionMs === undefined ? {} : { 'retention.ms': retentionMs ?? -1 }),
    ...(retentionBytes === undefined ? {} : { 'retention.bytes': retentionBytes }),
    ...(segmentBytes === undefined ? {} : { 'segment.bytes': segmentBytes }),
    ...(segmentMs === undefined ? {} : { 'segment.ms': segmentMs }),
    ...(minInSyncReplicas === undefined ? {} : { 'min.insync.replicas': minInSyncReplicas }),
    ...(uncleanLeaderElection === undefined
      ? {}
      : { 'unclean.leader.election.enable': uncleanLeaderElection }),
  };
}

function knownNames(): string {
  return `Known are: ${brokerOptions.map(({ name }) => name).join(', ')}.`;
}
