/**
 * A share consumer's membership (ShareMembershipManager.java, AbstractHeartbeatRequestManager.java): it heartbeats as often
 * as the coordinator says, takes what it is assigned at once and says so at once, joins anew when it is fenced, and
 * leaves when nobody has polled for max.poll.interval.ms.
 */
import type { FindCoordinatorResponse, ShareGroupHeartbeatResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import { backoff } from './backoff';
import { ask, header, leastLoaded, reachableFrom } from './connection';
import { retriable, thrownFor } from './exceptions';
import { newMemberId } from './member-id';
import { anyHosts } from './metadata';
import type { ShareConsumer } from './share-state';

/** Requests to the coordinator overtake those to leaders. */
const lane = 'coordinator';

/** Sends what is due. When to look again. */
export function keepMembership(state: ShareConsumer, context: Context): Time {
  const { member, options } = state;
  const { now } = context;
  if (member.is === 'out' || member.is === 'gone') return Infinity;
  if (now >= state.pollUntil && member.is === 'in') return goForNotPolling(state, context);
  const isDue = member.is !== 'in' || now >= member.beatAt;
  const host = findCoordinator(state, context);
  if (host === null || isBeating(state)) return Infinity;
  if (!isDue || now < member.beatAt) return Math.min(member.beatAt, state.pollUntil);
  const isLeaving = member.is === 'leaving';
  const topics = [...state.subscribed].sort().join(' ');
  const saysTopics = member.is === 'joining' || (!isLeaving && topics !== member.told);
  ask(
    state.network,
    context,
    host,
    {
      ...{ type: 'ShareGroupHeartbeatRequest', ...header(state.network, context), groupId: options.groupId },
      ...{ memberId: member.memberId, memberEpoch: isLeaving ? -1 : member.epoch },
      subscribedTopicNames: saysTopics ? state.subscribed : null,
    },
    { lane },
  );
  state.member = { ...member, told: topics };
  return Infinity;
}

/** The program has subscribed: it joins, or says with its next heartbeat, which is now, what it wants. */
export function join(state: ShareConsumer, context: Context): void {
  const { member } = state;
  const { now } = context;
  if (member.is === 'in') state.member = { ...member, beatAt: now };
  else if (member.is !== 'joining')
    state.member = { ...member, memberId: member.memberId || newMemberId(context), epoch: 0, is: 'joining', beatAt: now }; // prettier-ignore
  state.pollUntil = now + state.options.pollInterval;
}

/** Gives everything up and tells the coordinator, if there is anything to tell. */
export function leave(state: ShareConsumer, { now }: Context): void {
  const isIn = state.member.is === 'in' || state.member.is === 'joining';
  state.assigned = [];
  state.member = { ...state.member, is: isIn && state.member.epoch > 0 ? 'leaving' : 'out', beatAt: now };
}

export function beatAnswered(
  state: ShareConsumer,
  { assignment, errorCode, heartbeatIntervalMs, memberEpoch }: ShareGroupHeartbeatResponse,
  context: Context,
): void {
  const { member } = state;
  const { now } = context;
  if (member.is === 'leaving') {
    state.member = { ...member, epoch: 0, is: state.pollUntil <= now ? 'gone' : 'out' };
    return;
  }
  if (errorCode !== 'NONE') return beatRefused(state, errorCode, context);
  const isNews = assignment !== null;
  if (isNews)
    state.assigned = Object.keys(assignment).flatMap((topic) =>
      assignment[topic].map((partition) => ({ topic, partition })),
    );
  // what was assigned is acknowledged at once
  const beatAt = isNews ? now : now + ms(heartbeatIntervalMs);
  state.member = { ...member, epoch: memberEpoch, is: 'in', beatAt, failures: 0 };
}

function beatRefused(state: ShareConsumer, errorCode: string, context: Context): void {
  const { member } = state;
  switch (errorCode) {
    case 'NOT_COORDINATOR':
    case 'COORDINATOR_NOT_AVAILABLE':
      state.coordinator = { ...state.coordinator, host: null };
      return beatLost(state, context);
    case 'FENCED_MEMBER_EPOCH':
    case 'UNKNOWN_MEMBER_ID':
      state.assigned = [];
      state.member = { ...member, epoch: 0, is: 'joining', beatAt: context.now };
      return;
    default:
      if (retriable(errorCode) !== 'never') return beatLost(state, context);
      state.failure = thrownFor(errorCode);
      state.assigned = [];
      state.member = { ...member, is: 'out' };
  }
}

/** The next one comes after a back-off. */
export function beatLost(state: ShareConsumer, context: Context): void {
  const { member, options } = state;
  if (member.is === 'leaving') {
    state.member = { ...member, epoch: 0, is: 'out' };
    return;
  }
  const wait = backoff(options.retry, member.failures, context.random('heartbeat'));
  state.member = { ...member, beatAt: context.now + wait, failures: member.failures + 1, told: null };
}

export function coordinatorFound(
  state: ShareConsumer,
  { errorCode, host }: FindCoordinatorResponse,
  { now }: Context,
): void {
  const isFound = errorCode === 'NONE';
  state.coordinator = {
    host: isFound ? host : null,
    isAsked: false,
    notBefore: now + (isFound ? 0 : state.options.retry.initial),
  };
  if (!isFound && retriable(errorCode) === 'never') state.failure = thrownFor(errorCode);
}

export function coordinatorLost(state: ShareConsumer, { now }: Context): void {
  state.coordinator = { host: null, isAsked: false, notBefore: now + state.options.retry.initial };
}

/** When the coordinator may be looked for again, if it has to be. */
export function coordinatorDue({ coordinator, member }: ShareConsumer): Time {
  const isWanted = member.is !== 'out' && member.is !== 'gone';
  return isWanted && coordinator.host === null && !coordinator.isAsked ? coordinator.notBefore : Infinity;
}

/** Its process; null: it is being looked for. */
function findCoordinator(state: ShareConsumer, context: Context): string | null {
  const { coordinator, metadata, network, options } = state;
  const { host } = coordinator;
  if (host !== null && reachableFrom(network, host, context.now) <= context.now) return host;
  if (coordinator.isAsked || context.now < coordinator.notBefore) return null;
  const any = leastLoaded(network, anyHosts(metadata, network), context);
  if (any === null) {
    state.coordinator = { host: null, isAsked: false, notBefore: context.now + options.retry.initial };
    return null;
  }
  state.coordinator = { ...coordinator, host: null, isAsked: true };
  ask(
    network,
    context,
    any,
    { type: 'FindCoordinatorRequest', ...header(network, context), key: options.groupId, keyType: 0 },
    { lane },
  );
  return null;
}

function isBeating({ network }: ShareConsumer): boolean {
  for (const { request } of network.inFlight.values())
    if (request.type === 'ShareGroupHeartbeatRequest') return true;
  return false;
}

function goForNotPolling(state: ShareConsumer, context: Context): Time {
  leave(state, context);
  return keepMembership(state, context);
}
