/** Who coordinates a consumer's group: looked for when it is not known (AbstractCoordinator.lookupCoordinator). */
import type { FindCoordinatorResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { BareRequest } from '../kafka/requests';
import { someNode } from './consumer-metadata';
import { clientIdOf, type ConsumerState } from './consumer-state';
import { retriable, thrownFor, type Thrown } from './exceptions';
import { giveUp, isAsking, isUnavailable, send } from './wire';

export interface Coordinator {
  /** Process; null: not known. */
  host: string | null;
  /** It is not looked for before. */
  notBefore: Time;
}

/** Whether it is known and can be asked; if not it is looked for. */
export function isCoordinatorReady(state: ConsumerState, context: Context): boolean {
  const { coordinator, wire, config } = state;
  if (coordinator.host !== null && isUnavailable(wire, coordinator.host, context.now))
    forgetCoordinator(state, true);
  if (coordinator.host !== null) return true;
  if (context.now < coordinator.notBefore || isAsking(wire, 'FindCoordinatorRequest')) return false;
  const host = someNode(state, context);
  if (host === null) return false;
  send(
    wire,
    { type: 'FindCoordinatorRequest', key: config.groupId, keyType: 0 },
    { host, channel: 'node', clientId: clientIdOf(state, context.self), timeout: config.requestTimeout },
    context,
  );
  return false;
}

/** What went wrong, where it is not worth another try; null otherwise. */
export function coordinatorFound(
  state: ConsumerState,
  { errorCode, host }: FindCoordinatorResponse,
  now: Time,
): Thrown | null {
  if (errorCode === 'NONE') {
    state.coordinator.host = host;
    return null;
  }
  if (retriable(errorCode) === 'never') return thrownFor(errorCode);
  coordinatorNotFound(state, now);
  return null;
}

export function coordinatorNotFound({ coordinator, metadata, config }: ConsumerState, now: Time): void {
  coordinator.notBefore = now + config.retryBackoff;
  metadata.isWanted = true;
}

/** It coordinates no more, or cannot be reached: what it was asked is lost (markCoordinatorUnknown). */
export function forgetCoordinator(state: ConsumerState, isDisconnected: boolean): void {
  const { coordinator, wire } = state;
  const { host } = coordinator;
  coordinator.host = null;
  if (host !== null && !isDisconnected)
    giveUp(wire, (waiting) => waiting.host === host && waiting.channel === 'coordinator');
}

/** Asks it. Call only when it is ready. `timeout` in microseconds. */
export function askCoordinator(
  state: ConsumerState,
  request: BareRequest,
  context: Context,
  { purpose = '', timeout = state.config.requestTimeout } = {},
): void {
  const { coordinator, wire, member } = state;
  if (coordinator.host === null) return;
  const { generation = -1, memberId = '' } = member ?? {};
  const clientId = clientIdOf(state, context.self);
  const { host } = coordinator;
  send(
    wire,
    request,
    { host, channel: 'coordinator', clientId, timeout, purpose, generation, memberId },
    context,
  );
}
