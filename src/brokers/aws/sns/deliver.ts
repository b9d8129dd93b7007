/**
 * Deliveries: each subscription's own, in no order among subscribers, tried again as AWS says it does (SNS developer
 * guide, sns-message-delivery-retries), and given to the subscription's dead-letter queue at the end. An endpoint that
 * answers with an error of the client (a queue that is gone) is not tried again. Of a FIFO topic a message group's next
 * notification waits until the one before it is taken or given up.
 * Ours: how a delivery is spread in time, and that silence counts as a failure.
 */
import { factType } from '../../../kernel/fact';
import type { Context, ConnectionId, Tagged } from '../../../kernel/machine';
import { ms, seconds, type Duration } from '../../../kernel/time';
import { resourceOf, type ErrorResponse } from '../protocol/common';
import { addressOfArn } from '../protocol/resources';
import { deliveryRequest, letterRequest, rawAttributesMax } from './requests';
import type { Delivery, DeliveryFailure, Notification, SnsState, Subscription, Topic } from './state';

const Delivered = factType('routed', 'NotificationDelivered');
const Failed = factType('failed', 'NotificationDeliveryFailed');
const DeadLettered = factType('deadLettered', 'NotificationDeadLettered');
const Discarded = factType('lost', 'NotificationDiscarded');

/** Reminder: it is time to try. */
export interface Deliver {
  readonly type: 'Deliver';
  readonly delivery: number;
}
/** Reminder: the endpoint has been silent for too long. */
export interface DeliveryTimedOut {
  readonly type: 'DeliveryTimedOut';
  readonly delivery: number;
}

/** Waits between tries of the backoff phase: from 1 to 20 seconds, each longer by the same factor (which one is ours). */
const backoff = [1000, 1395, 1946, 2714, 3786, 5281, 7368, 10_278, 14_337, 20_000];
const immediate = 3;
const preBackoff = 2;
const postBackoff = 100_000;
/** How often a delivery to SQS or Lambda is tried again: for 23 days. */
export const retriesMax = immediate + preBackoff + backoff.length + postBackoff;

/** How long to wait before retry number `retry`, from 1. */
export function retryDelay(retry: number): Duration {
  if (retry <= immediate) return 0;
  if (retry <= immediate + preBackoff) return seconds(1);
  return ms(backoff[retry - immediate - preBackoff - 1] ?? 20_000);
}

/** A new one; of a FIFO topic it may have to wait for others. */
export function addDelivery(
  state: SnsState,
  topic: Topic,
  subscription: Subscription,
  notification: Notification,
  context: Context,
): void {
  const delivery: Delivery = {
    id: ++state.lastDelivery,
    subscription: subscription.arn,
    topic: topic.name,
    notification,
    failures: 0,
    given: null,
    connection: 0,
    timer: 0,
  };
  state.deliveries.set(delivery.id, delivery);
  if (topic.isFifo) {
    const group = notification.groupId ?? '';
    const lane = subscription.lanes.get(group) ?? [];
    subscription.lanes.set(group, [...lane, delivery.id]);
    if (lane.length > 0) return;
  }
  schedule(delivery, context.random('delivery').sample(state.settings.spread), context);
}

function schedule(delivery: Delivery, wait: Duration, context: Context): void {
  const deliver: Deliver = { type: 'Deliver', delivery: delivery.id };
  delivery.timer = context.after(wait, deliver);
}

/** After a restart: everything that was on its way is sent (again). */
export function resumeDeliveries(state: SnsState, context: Context): void {
  for (const delivery of state.deliveries.values()) {
    const lane = laneOf(state, delivery);
    if (!lane || lane[0] === delivery.id) schedule(delivery, 0, context);
  }
}

function laneOf({ subscriptions }: SnsState, { subscription, notification }: Delivery) {
  if (notification.sequenceNumber === undefined) return undefined;
  return subscriptions.get(subscription)?.lanes.get(notification.groupId ?? '');
}

/** One try. */
export function deliver(state: SnsState, { delivery: id }: Deliver, context: Context): void {
  const delivery = state.deliveries.get(id);
  if (!delivery) return;
  const subscription = state.subscriptions.get(delivery.subscription);
  // nobody waits for it any more
  if (!subscription) return over(state, delivery, context);
  const { notification, given } = delivery;
  const attributes = Object.keys(notification.attributes ?? {}).length;
  if (!given && subscription.raw && attributes > rawAttributesMax) {
    const message = `Raw message delivery takes at most ${rawAttributesMax} message attributes`;
    return giveUp(state, delivery, subscription, { code: 'InvalidParameterValue', message }, context);
  }
  const request = given ? letterRequest(subscription, notification) : deliveryRequest(subscription, notification); // prettier-ignore
  const { processes, deliveryTimeout } = state.settings;
  const service = given ? 'sqs' : subscription.protocol;
  const connection = context.request(processes[service], request);
  const timedOut: DeliveryTimedOut = { type: 'DeliveryTimedOut', delivery: id };
  state.byConnection.set(connection, id);
  delivery.connection = connection;
  delivery.timer = context.after(deliveryTimeout, timedOut);
}

/** The endpoint has answered. */
export function answered(state: SnsState, answer: Tagged, context: Context): void {
  const delivery = awaited(state, context.connection);
  if (!delivery) return;
  context.cancel(delivery.timer);
  const subscription = state.subscriptions.get(delivery.subscription);
  if (!subscription) return over(state, delivery, context);
  if (answer.type !== 'ErrorResponse') return taken(state, delivery, subscription, context);
  const { code, message, fault } = answer as ErrorResponse;
  if (fault === 'Sender') return giveUp(state, delivery, subscription, { code, message }, context);
  failed(state, delivery, subscription, { code, message }, context);
}

/** The endpoint cannot be reached, or has gone away. */
export function connectionGone(state: SnsState, connection: ConnectionId, context: Context): void {
  const delivery = awaited(state, connection);
  if (!delivery) return;
  context.cancel(delivery.timer);
  silent(state, delivery, 'the connection was closed', context);
}

export function deliveryTimedOut(
  state: SnsState,
  { delivery: id }: DeliveryTimedOut,
  context: Context,
): void {
  const delivery = state.deliveries.get(id);
  if (!delivery || delivery.connection === 0) return;
  context.abandon(delivery.connection);
  awaited(state, delivery.connection);
  silent(state, delivery, 'no answer in time', context);
}

function silent(state: SnsState, delivery: Delivery, message: string, context: Context): void {
  const subscription = state.subscriptions.get(delivery.subscription);
  if (!subscription) return over(state, delivery, context);
  failed(state, delivery, subscription, { code: 'EndpointUnavailable', message }, context);
}

/** The delivery whose answer comes on this connection, which is then over. */
function awaited(state: SnsState, connection: ConnectionId): Delivery | undefined {
  const id = state.byConnection.get(connection);
  if (id === undefined) return undefined;
  state.byConnection.delete(connection);
  const delivery = state.deliveries.get(id);
  if (delivery) delivery.connection = 0;
  return delivery;
}

function taken(state: SnsState, delivery: Delivery, subscription: Subscription, context: Context): void {
  const { given, failures } = delivery;
  if (given) {
    const detail = `${addressOfArn(subscription.redrive?.queueArn ?? '')}: ${given.code}`;
    context.emit({ is: DeadLettered, ...about(state, delivery, subscription), amount: failures, detail });
  } else {
    subscription.delivered++;
    context.emit({ is: Delivered, ...about(state, delivery, subscription), amount: failures + 1 });
  }
  over(state, delivery, context);
}

/** Not the client's mistake: again, as often as there are tries. */
function failed(
  state: SnsState,
  delivery: Delivery,
  subscription: Subscription,
  failure: DeliveryFailure,
  context: Context,
): void {
  delivery.failures++;
  const detail = `${failure.code}: ${failure.message}`;
  context.emit({ is: Failed, ...about(state, delivery, subscription), amount: delivery.failures, detail });
  if (delivery.failures > retriesMax) return giveUp(state, delivery, subscription, failure, context);
  schedule(delivery, retryDelay(delivery.failures), context);
}

/** To the dead-letter queue, if there is one, and if it is not that which cannot be reached. */
function giveUp(
  state: SnsState,
  delivery: Delivery,
  subscription: Subscription,
  failure: DeliveryFailure,
  context: Context,
): void {
  if (subscription.redrive && !delivery.given) {
    delivery.given = failure;
    return schedule(delivery, 0, context);
  }
  const detail = `${failure.code}: ${failure.message}`;
  context.emit({ is: Discarded, ...about(state, delivery, subscription), detail });
  over(state, delivery, context);
}

/** What facts about a delivery say: the topic, the message, and who it was for. */
function about(state: SnsState, { topic, notification }: Delivery, { protocol, endpoint }: Subscription) {
  const { name: group = endpoint } = resourceOf(endpoint) ?? {};
  return {
    subject: `${state.name}/${topic}`,
    message: notification.messages[protocol],
    group: `${protocol}/${group}`,
    cause: notification.cause,
  };
}

/** The next of its message group may go. */
function over(state: SnsState, delivery: Delivery, context: Context): void {
  state.deliveries.delete(delivery.id);
  const lane = laneOf(state, delivery);
  if (!lane) return;
  const { lanes } = state.subscriptions.get(delivery.subscription)!;
  const rest = lane.filter((id) => id !== delivery.id);
  const group = delivery.notification.groupId ?? '';
  if (rest.length === 0) {
    lanes.delete(group);
    return;
  }
  lanes.set(group, rest);
  const next = state.deliveries.get(rest[0]);
  if (next && lane[0] === delivery.id) schedule(next, 0, context);
}
