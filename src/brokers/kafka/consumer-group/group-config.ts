/** Settings of one group: asked for by who coordinates it, set by an administrator (ConfigAdminManager.scala, GroupConfigManager.java). */
import type { Context } from '../../../kernel/machine';
import type { BrokerConfig } from '../config';
import { isGroupConfig, settingOf, wordOf, type GroupConfigs, type GroupSetting } from '../group-options';
import type { ErrorCode, IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse } from '../protocol';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';

export function groupSetting(state: BrokerState, groupId: string, name: GroupSetting): number {
  return settingOf(name, state.config.groups, configsOf(state, groupId));
}

export function groupWord(state: BrokerState, groupId: string, name: string): string {
  return wordOf(name, configsOf(state, groupId));
}

/** Who keeps the settings of groups: a broker that is alone, or the controller. */
export interface KeepsGroupConfigs {
  readonly config: BrokerConfig;
  groupConfigs?: ReadonlyMap<string, GroupConfigs>;
}

export function alterGroupConfigs(
  state: BrokerState,
  request: IncrementalAlterConfigsRequest,
  caller: Caller,
  context: Context,
): void {
  context.reply(caller.connection, groupConfigsAltered(state, request));
}

/** All settings of a group are taken, or none; the group need not be there yet. */
export function groupConfigsAltered(
  state: KeepsGroupConfigs,
  request: IncrementalAlterConfigsRequest,
): IncrementalAlterConfigsResponse {
  return {
    type: 'IncrementalAlterConfigsResponse',
    correlationId: request.correlationId,
    responses: request.groups.map(({ groupId, configs }) => {
      const errorCode = configErrorOf(state, configs);
      if (errorCode === 'NONE') {
        const own = { ...state.groupConfigs?.get(groupId), ...configs };
        state.groupConfigs = new Map(state.groupConfigs).set(groupId, own);
      }
      return { groupId, errorCode };
    }),
  };
}

function configErrorOf({ config }: KeepsGroupConfigs, configs: GroupConfigs): ErrorCode {
  const isFine = Object.keys(configs).every((name) => isGroupConfig(name, configs[name], config.groups));
  return isFine ? 'NONE' : 'INVALID_CONFIG';
}

function configsOf({ groupConfigs }: BrokerState, groupId: string): GroupConfigs | undefined {
  return groupConfigs?.get(groupId);
}
