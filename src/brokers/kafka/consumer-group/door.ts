/** What a broker is asked about groups of the consumer protocol, and about settings of groups. */
import type { Context } from '../../../kernel/machine';
import type {
  ConsumerGroupDescribeRequest,
  ConsumerGroupHeartbeatRequest,
  IncrementalAlterConfigsRequest,
} from '../protocol';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { describeConsumerGroups } from './admin';
import { alterGroupConfigs } from './group-config';
import { consumerGroupHeartbeat } from './heartbeat';

export function handleConsumerGroup(
  state: BrokerState,
  request: ConsumerGroupHeartbeatRequest | ConsumerGroupDescribeRequest | IncrementalAlterConfigsRequest,
  caller: Caller,
  context: Context,
): void {
  switch (request.type) {
    case 'ConsumerGroupHeartbeatRequest':
      return consumerGroupHeartbeat(state, request, caller, context);
    case 'ConsumerGroupDescribeRequest':
      return describeConsumerGroups(state, request, caller, context);
    case 'IncrementalAlterConfigsRequest':
      return alterGroupConfigs(state, request, caller, context);
  }
}
