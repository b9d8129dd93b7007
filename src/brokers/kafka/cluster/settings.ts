/** Settings that only matter when a broker is not alone, by their real names and with Kafka's defaults. */
import { ms, type Duration } from '../../../kernel/time';
import { topicConfig } from '../config';
import { clusterOptions, type OptionValues } from '../options';

export interface ClusterSettings {
  /** How long a follower may be behind before it leaves the ISR. */
  readonly replicaLagTimeMax: Duration;
  readonly replicaFetchWaitMaxMs: number;
  readonly replicaFetchBackoff: Duration;
  readonly replicaSocketTimeout: Duration;
  /** A node that is silent for so long is fenced. */
  readonly sessionTimeout: Duration;
  readonly heartbeatInterval: Duration;
  readonly defaultReplicationFactor: number;
  readonly leaderImbalanceCheck: Duration;
  readonly offsetsTopic: InternalTopicSettings;
  readonly transactionTopic: InternalTopicSettings;
}

export interface InternalTopicSettings {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSync: number;
}

/** `options` have been checked by brokerConfig. */
export function clusterSettings(options: OptionValues): ClusterSettings {
  const number = (name: string): number =>
    Number(options[name] ?? clusterOptions.find((option) => option.name === name)!.default);
  return {
    replicaLagTimeMax: ms(number('replica.lag.time.max.ms')),
    replicaFetchWaitMaxMs: number('replica.fetch.wait.max.ms'),
    replicaFetchBackoff: ms(number('replica.fetch.backoff.ms')),
    replicaSocketTimeout: ms(number('replica.socket.timeout.ms')),
    sessionTimeout: ms(number('broker.session.timeout.ms')),
    heartbeatInterval: ms(number('broker.heartbeat.interval.ms')),
    defaultReplicationFactor: number('default.replication.factor'),
    leaderImbalanceCheck: ms(number('leader.imbalance.check.interval.seconds') * 1000),
    offsetsTopic: {
      partitions: number('offsets.topic.num.partitions'),
      replicationFactor: number('offsets.topic.replication.factor'),
      minInSync: 1,
    },
    transactionTopic: {
      partitions: number('transaction.state.log.num.partitions'),
      replicationFactor: number('transaction.state.log.replication.factor'),
      minInSync: number('transaction.state.log.min.isr'),
    },
  };
}

/** Least number of replicas that must be in sync for acks all, and whether another replica may lead if none of them can. */
export interface InSyncRules {
  readonly minInSync: number;
  readonly unclean: boolean;
}

/** Of a topic: its own settings, which were checked when it was made, else the broker's. */
export function inSyncRules(defaults: OptionValues, configs: OptionValues): InSyncRules {
  const { minInSync = 1, unclean = false } = topicConfig(defaults, configs)!;
  return { minInSync, unclean };
}
