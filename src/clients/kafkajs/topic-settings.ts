/** Settings of topics, as the library's admin asks for them (kafkajs 2.2.4 admin/index.js describeConfigs, alterConfigs). */
import type { DescribeConfigResponse, IResourceConfig, ResourceConfigQuery } from 'kafkajs';
import { check, type Cluster } from './cluster';
import { KafkaJSNonRetriableError, NotSimulated, protocolErrorOf } from './errors';

/** ConfigResourceTypes.TOPIC. */
export const topicResource = 2;

export async function describeTopics(
  cluster: Cluster,
  resources: readonly ResourceConfigQuery[],
): Promise<DescribeConfigResponse> {
  checkResources(resources);
  const topics = resources.map(({ name, configNames = null }) => ({
    name,
    configNames: configNames && configNames.length > 0 ? configNames : null,
  }));
  const request = { type: 'DescribeConfigsRequest', topics } as const;
  const { results } = await cluster.ask('DescribeConfigsResponse', request);
  for (const { errorCode } of results) check(errorCode);
  return {
    resources: results.map(({ name, configs }) => ({
      ...{ errorCode: 0, errorMessage: null, resourceType: topicResource, resourceName: name },
      configEntries: configs.map(({ name: configName, value: configValue, isDefault }) => ({
        ...{ configName, configValue, isDefault, readOnly: false, isSensitive: false },
        ...{ configSource: isDefault ? 5 : 1, configSynonyms: [] },
      })),
    })),
    throttleTime: 0,
  } as unknown as DescribeConfigResponse;
}

export async function alterTopics(
  cluster: Cluster,
  resources: readonly IResourceConfig[],
  validateOnly: boolean,
): Promise<object> {
  checkResources(resources);
  const topics = resources.map(({ name, configEntries }) => ({
    name,
    configs: Object.fromEntries(configEntries.map((entry) => [entry.name, entry.value])),
  }));
  const request = { type: 'AlterConfigsRequest', topics, validateOnly } as const;
  const { results } = await cluster.ask('AlterConfigsResponse', request);
  for (const { errorCode } of results) check(errorCode);
  return {
    resources: results.map(({ name, errorCode }) => ({
      ...{ errorCode: errorCode === 'NONE' ? 0 : protocolErrorOf(errorCode).code, errorMessage: null },
      ...{ resourceType: topicResource, resourceName: name },
    })),
    throttleTime: 0,
  };
}

function checkResources(given: unknown): void {
  const resources = given as readonly { readonly type: number }[];
  if (!Array.isArray(given)) throw new KafkaJSNonRetriableError(`Invalid resources array ${String(given)}`);
  if (resources.length === 0) throw new KafkaJSNonRetriableError('Resources array cannot be empty');
  if (resources.some(({ type }) => type !== topicResource))
    throw new NotSimulated('Only the settings of topics can be asked for here.');
}
