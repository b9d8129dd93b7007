/** Requests about a topic's settings (ConfigAdminManager.scala, ConfigHelper.scala). */
import type { Context } from '../../kernel/machine';
import { toMs } from '../../kernel/time';
import { topicConfig, type TopicConfig } from './config';
import type { OptionValue } from './options';
import type {
  AlterConfigsRequest,
  AlterConfigsResponse,
  DescribeConfigsRequest,
  DescribeConfigsResponse,
  ErrorCode,
} from './protocol';
import type { BrokerState } from './state';
import type { Caller } from './turns';

type Described = DescribeConfigsResponse['results'][number];

export function describeConfigs(
  state: BrokerState,
  request: DescribeConfigsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: DescribeConfigsResponse = {
    type: 'DescribeConfigsResponse',
    correlationId: request.correlationId,
    results: request.topics.map(({ name, configNames }): Described => {
      const topic = state.topics.get(name);
      if (!topic) return { name, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION', configs: [] };
      const all = described(state, topic.partitions[0].config);
      const configs = all.filter((config) => configNames?.includes(config.name) ?? true);
      return { name, errorCode: 'NONE', configs };
    }),
  };
  context.reply(caller.connection, response);
}

/** All settings of the topic are replaced: what is not named has its default again. */
export function alterConfigs(
  state: BrokerState,
  request: AlterConfigsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: AlterConfigsResponse = {
    type: 'AlterConfigsResponse',
    correlationId: request.correlationId,
    results: request.topics.map(({ name, configs }) => ({
      name,
      errorCode: alter(state, name, configs, request.validateOnly),
    })),
  };
  context.reply(caller.connection, response);
}

function alter(
  state: BrokerState,
  name: string,
  configs: Readonly<Record<string, string>>,
  validateOnly: boolean,
): ErrorCode {
  const topic = state.topics.get(name);
  if (!topic) return 'UNKNOWN_TOPIC_OR_PARTITION';
  const config = topicConfig(state.config.topicDefaults, configs);
  if (!config) return 'INVALID_CONFIG';
  if (!validateOnly) for (const partition of topic.partitions) partition.config = config;
  return 'NONE';
}

/** A setting counts as default while it is what the broker would say. */
function described({ config }: BrokerState, own: TopicConfig): Described['configs'][number][] {
  const standard = valuesOf(topicConfig(config.topicDefaults, {})!);
  const values = valuesOf(own);
  return [
    ...Object.keys(values).map((name) => ({
      name,
      value: String(values[name]),
      isDefault: values[name] === standard[name],
    })),
    // a 4.x broker has it as a setting of the cluster, and so not as a default
    { name: 'min.insync.replicas', value: String(own.minInSync ?? 1), isDefault: false },
  ];
}

/** Back to the words of the manual. */
function valuesOf(config: TopicConfig): Readonly<Record<string, OptionValue>> {
  const { compaction } = config;
  const policy = compaction ? (compaction.deletes ? 'compact,delete' : 'compact') : 'delete';
  return {
    'cleanup.policy': policy,
    'max.message.bytes': config.maxMessageBytes,
    'message.timestamp.after.max.ms': toMs(config.timestampAfterMax),
    'message.timestamp.type': config.timestampType,
    'retention.bytes': config.retentionBytes ?? -1,
    'retention.ms': config.retention === null ? -1 : toMs(config.retention),
    'segment.bytes': config.segmentBytes,
    'segment.ms': toMs(config.segmentTime),
    'unclean.leader.election.enable': config.unclean ?? false,
  };
}
