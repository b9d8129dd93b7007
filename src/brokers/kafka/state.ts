/** Everything one broker is. Plain data, changed in place by the files beside this one, one per concept. */
import type { FactId } from '../../kernel/fact';
import type { ConnectionId, TimerId } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import {
  brokerConfig,
  configsOf,
  topicConfig,
  BadBrokerOption,
  type BrokerConfig,
  type TopicConfig,
} from './config';
import { cloneCluster, newClusterState, type ClusterState } from './cluster/cluster-state';
import { cloneGroup, type Group } from './group';
import type { GroupConfigs } from './group-options';
import type { BrokerOptions, OptionValues } from './options';
import { clonePartition, newPartition, type Partition } from './partition';
import type { FetchRequest, KafkaRequest } from './protocol';
import { cloneShareState, type ShareState } from './share/share-state';
import { cloneTransactions, type Transaction } from './transaction-state';

export interface Topic {
  readonly name: string;
  /** In a cluster: which of those of its name it is (TopicImage). */
  readonly since?: number;
  readonly partitions: readonly Partition[];
}

/** A fetch that waits for data. Immutable. */
export interface ParkedFetch {
  readonly connection: ConnectionId;
  readonly request: FetchRequest;
  readonly maxBytes: number;
  readonly minBytes: number;
  readonly timer: TimerId;
  readonly cause: FactId;
  /** Where each of its partitions stood when it was parked. */
  readonly places: readonly ParkedPlace[];
}

export interface ParkedPlace {
  readonly topic: string;
  readonly partition: number;
  readonly fetchOffset: number;
  readonly maxBytes: number;
  /** Base offset of the segment that holds the fetch offset, and bytes appended before it. */
  readonly segment: number;
  readonly position: number;
}

/** A request whose turn has not come: an earlier one of its connection has no answer yet. Immutable. */
export interface WaitingRequest {
  readonly request: KafkaRequest;
  readonly connection: ConnectionId;
  readonly sender: string;
  readonly cause: FactId;
}

/** A timer that is set, and for when. */
export interface Alarm {
  readonly timer: TimerId;
  readonly at: Time;
}

export interface BrokerState {
  readonly name: string;
  readonly nodeId: number;
  readonly config: BrokerConfig;
  /** When it was started last: its periodic tasks count from here. */
  startedAt: Time;
  readonly topics: Map<string, Topic>;
  readonly groups: Map<string, Group>;
  /** By connection: a connection has one fetch at a time. */
  readonly parkedFetches: Map<ConnectionId, ParkedFetch>;
  /** Turns that are taken (see turns.ts), and what waits for them. */
  readonly turns: Map<number, readonly WaitingRequest[]>;
  /** Turns that were given back while the present command was handled. Empty between commands. */
  readonly freed: number[];
  retentionAlarm: Alarm | null;
  offsetExpiryAlarm: Alarm | null;
  /** When the cleaner looks next; absent: there is nothing to clean. */
  cleanerAlarm?: Alarm;
  /** By transactional id; absent: nobody has asked for one. */
  transactions?: ReadonlyMap<string, Transaction>;
  /** Absent: none was given yet. */
  nextProducerId?: number;
  /** Settings of groups, by group id; absent: none has any of its own. */
  groupConfigs?: ReadonlyMap<string, GroupConfigs>;
  /** Records in the hands of share groups; absent: nobody has fetched for one. */
  share?: ShareState;
  /** What it knows of the others; absent: it is alone. */
  readonly cluster?: ClusterState;
}

/** A broker as it is before its first start. Throws BadBrokerOption when the scenario asks for what cannot be. */
export function newBroker(options: BrokerOptions): BrokerState {
  const state: BrokerState = {
    name: options.name,
    nodeId: options.node ?? 1,
    config: brokerConfig(options),
    startedAt: 0,
    topics: new Map(),
    groups: new Map(),
    parkedFetches: new Map(),
    turns: new Map(),
    freed: [],
    retentionAlarm: null,
    offsetExpiryAlarm: null,
    ...(options.node === undefined ? {} : { cluster: newClusterState(options) }),
  };
  for (const topic of options.topics) {
    const { name, partitions } = topic;
    const config = readTopicConfig(state, configsOf(topic));
    if (!config || !Number.isInteger(partitions) || partitions < 1 || state.topics.has(name)) {
      throw new BadBrokerOption(
        `Broker "${options.name}", topic "${name}": give it a name of its own, at least one partition, and ` +
          `retention and segment limits that are whole numbers.`,
      );
    }
    // with several nodes its metadata says which topics there are
    if (!state.cluster) addTopic(state, name, partitions, config, 0);
  }
  return state;
}

export function readTopicConfig({ config }: BrokerState, configs: OptionValues): TopicConfig | null {
  return topicConfig(config.topicDefaults, configs);
}

export function addTopic(
  state: BrokerState,
  name: string,
  partitionCount: number,
  config: TopicConfig,
  now: Time,
): Topic {
  const partitions = Array.from({ length: partitionCount }, (_, index) =>
    newPartition(state.name, name, index, config, now),
  );
  const topic = { name, partitions };
  state.topics.set(name, topic);
  return topic;
}

export function partitionOf({ topics }: BrokerState, topic: string, index: number): Partition | undefined {
  return topics.get(topic)?.partitions[index];
}

/** Every partition, by topic in the order of creation, then by number. */
export function* allPartitions({ topics }: BrokerState): Generator<Partition> {
  for (const topic of topics.values()) yield* topic.partitions;
}

export function cloneBroker(state: BrokerState): BrokerState {
  const topics = new Map<string, Topic>();
  for (const [name, topic] of state.topics) {
    topics.set(name, { ...topic, partitions: topic.partitions.map(clonePartition) });
  }
  const groups = new Map<string, Group>();
  for (const [id, group] of state.groups) groups.set(id, cloneGroup(group));
  return {
    ...state,
    topics,
    groups,
    parkedFetches: new Map(state.parkedFetches),
    turns: new Map(state.turns),
    freed: state.freed.slice(),
    ...(state.share ? { share: cloneShareState(state.share) } : {}),
    ...(state.transactions ? { transactions: cloneTransactions(state.transactions) } : {}),
    ...(state.cluster ? { cluster: cloneCluster(state.cluster) } : {}),
  };
}
