/**
 * kafkajs sends heartbeats only from where it processes: after a message, after a batch, after an empty fetch, and
 * never more often than heartbeatInterval. No thread does it behind a slow handler's back (Java has one), so a handler
 * that takes longer than the session timeout loses the membership. Source: kafkajs consumer/consumerGroup.js
 * SHARED_HEARTBEAT, consumer/runner.js heartbeat.
 */
import type { HeartbeatResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { ask, clientIdOf, nextCorrelationId } from './cluster';
import type { Consumer } from './consumer-state';
import { protocolFailure, type Failure } from './failure';

export function heartbeatDue({ memberId, lastHeartbeatAt, options }: Consumer, now: Time): boolean {
  return now >= lastHeartbeatAt + options.heartbeatInterval && memberId !== '';
}

/** Sends one unless one is on its way: whoever needs it waits for the same. */
export function beat(state: Consumer, context: Context): void {
  if (state.beating) return;
  state.beating = true;
  ask(state.cluster, context, state.coordinator, {
    type: 'HeartbeatRequest',
    correlationId: nextCorrelationId(state.cluster),
    clientId: clientIdOf(state.cluster, context),
    groupId: state.options.groupId,
    generationId: state.generation,
    memberId: state.memberId,
  });
}

/** The coordinator answered. null: it knows this member and nothing changes. */
export function heartbeatAnswered(
  state: Consumer,
  { errorCode }: HeartbeatResponse,
  now: Time,
): Failure | null {
  state.beating = false;
  if (errorCode !== 'NONE') return protocolFailure(errorCode);
  state.lastHeartbeatAt = now;
  return null;
}
