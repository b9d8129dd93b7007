/**
 * How a member of a classic group gets from one generation to the next: commit and give up, join, deal if it leads, sync, and
 * take what it is given (AbstractCoordinator.joinGroupIfNeeded, ConsumerCoordinator onJoinPrepare, onLeaderElected,
 * onJoinComplete). All of it happens within polls, and only requests and answers between them.
 */
import type { Assignment, JoinGroupResponse, SyncGroupResponse } from '../../brokers/kafka/protocol';
import { invariant } from '../../kernel/invariant';
import type { Context } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { JavaError } from './api';
import { assignPlaces, placesHeld, tellRebalance } from './assigning';
import { assignorNamed } from './assignors/all';
import { assignmentOf, byPlace, placesOf } from './assignors/assignor';
import { fallOut, isUnchanged, type ClassicMember, type Joining } from './classic-member';
import { countOf, isMetadataFresh, keepMetadata } from './consumer-metadata';
import type { ConsumerState } from './consumer-state';
import { consumed, sendCommit } from './consumer-commit';
import { askCoordinator, forgetCoordinator, isCoordinatorReady } from './coordinator';
import { retriable, thrownFor } from './exceptions';
import type { Waiting } from './wire';

/** JOIN_GROUP_TIMEOUT_LAPSE: how much longer than a rebalance may take its answer is waited for. */
const joinLapse = ms(5000);

/** Joins as far as it goes without waiting; true when there is nothing to join. Throws what poll throws. */
export function joinIfNeeded(state: ConsumerState, member: ClassicMember, context: Context): boolean {
  while (member.rejoinNeeded || member.joining !== null) {
    if (!isCoordinatorReady(state, context)) return false;
    if (member.needsPrepare) {
      if (!prepare(state, member, context)) return false;
      member.needsPrepare = false;
    }
    if (member.joining === null) {
      if (context.now < member.joinAt) return false;
      join(state, member, context);
    }
    const { joining } = member;
    if (joining?.is === 'joined') take(state, member, joining.assignment, context);
    else if (joining?.is !== 'failed' || !tryAgain(state, member, joining, context)) return false;
  }
  return true;
}

/** The end of a join that failed: whether it is tried again at once. */
function tryAgain(
  state: ConsumerState,
  member: ClassicMember,
  { thrown, atOnce }: Extract<Joining, { readonly is: 'failed' }>,
  context: Context,
): boolean {
  member.joining = null;
  member.rejoinNeeded = true;
  if (thrown) throw new JavaError(thrown.name, thrown.message);
  if (!atOnce) member.joinAt = context.now + state.config.retryBackoff;
  return atOnce;
}

/** onJoinPrepare: commit what was polled, then give up what the protocol says. false while the commit is waited for. */
function prepare(state: ConsumerState, member: ClassicMember, context: Context): boolean {
  if (!commitFirst(state, member, context)) return false;
  member.preparing = null;
  const held = placesHeld(state);
  if (member.generation === -1 || member.memberId === '') {
    if (held.length > 0) {
      tellRebalance(state, 'lost', held);
      assignPlaces(state, []);
    }
  } else if (!state.config.isCooperative) {
    tellRebalance(state, 'revoked', held);
    assignPlaces(state, []);
  } else {
    const gone = held.filter(({ topic }) => !state.subscribed!.includes(topic));
    if (gone.length > 0) {
      tellRebalance(state, 'revoked', gone);
      assignPlaces(
        state,
        held.filter(({ topic }) => state.subscribed!.includes(topic)),
      );
    }
  }
  member.isLeader = false;
  state.groupTopics = [];
  return true;
}

/** The commit that goes before. Without an answer it is given up when the rebalance may have no more time. */
function commitFirst(state: ConsumerState, member: ClassicMember, context: Context): boolean {
  if (!state.config.autoCommit) return true;
  member.preparing ??= { since: context.now, commit: 'due', retryAt: 0 };
  const { since, commit, retryAt } = member.preparing;
  if (commit === 'done' || context.now >= since + state.config.maxPollInterval) return true;
  if (commit === 'waiting' || context.now < retryAt) return false;
  if (!state.config.isCooperative) for (const one of state.assigned.values()) one.revoking = true;
  const offsets = consumed(state);
  if (offsets.length === 0 || sendCommit(state, offsets, 'prepare', context) !== 'sent') return true;
  member.preparing = { since, commit: 'waiting', retryAt: 0 };
  return false;
}

/** The commit before the rebalance was answered, or is lost: tried again where that may help. */
export function prepared(
  state: ConsumerState,
  member: ClassicMember,
  isWorthRetry: boolean,
  context: Context,
): void {
  if (member.preparing?.commit !== 'waiting') return;
  member.preparing = isWorthRetry
    ? { ...member.preparing, commit: 'due', retryAt: context.now + state.config.retryBackoff }
    : { ...member.preparing, commit: 'done' };
}

function join(state: ConsumerState, member: ClassicMember, context: Context): void {
  const { config, subscribed } = state;
  member.standing = 'preparing';
  member.joinedTopics = subscribed;
  const ownedPartitions = assignmentOf(placesHeld(state));
  const { generation: generationId, previous } = member;
  member.joining = { is: 'waiting' };
  askCoordinator(
    state,
    {
      type: 'JoinGroupRequest',
      groupId: config.groupId,
      sessionTimeoutMs: config.sessionTimeout / ms(1),
      rebalanceTimeoutMs: config.maxPollInterval / ms(1),
      memberId: member.memberId,
      groupInstanceId: config.instanceId,
      protocolType: 'consumer',
      protocols: config.assignors.map((name) => ({
        ...{ name, topics: subscribed ?? [], ownedPartitions, generationId },
        ...(name === 'sticky' && previous !== null ? { userData: previous } : {}),
      })),
    },
    context,
    { timeout: Math.max(config.requestTimeout, config.maxPollInterval + joinLapse) },
  );
}

export function joinAnswered(
  state: ConsumerState,
  member: ClassicMember,
  waiting: Waiting,
  response: JoinGroupResponse,
  context: Context,
): void {
  const { errorCode } = response;
  if (member.joining?.is !== 'waiting') return;
  if (errorCode === 'NONE' && member.standing === 'preparing') {
    member.standing = 'completing';
    Object.assign(member, {
      generation: response.generationId,
      memberId: response.memberId,
      protocol: response.protocolName,
    });
    startBeating(state, member, context);
    if (response.leader !== response.memberId) return sync(state, member, {}, context);
    const topics = new Set(response.members.flatMap((other) => other.topics));
    state.groupTopics = [...topics];
    member.leading = response;
    return dealWhenKnown(state, member, context);
  }
  if (errorCode === 'MEMBER_ID_REQUIRED') member.memberId = response.memberId;
  joinRefused(state, member, waiting, errorCode, true);
}

/** A leader deals as soon as it knows the topics of all. */
export function dealWhenKnown(state: ConsumerState, member: ClassicMember, context: Context): void {
  const { leading } = member;
  if (leading === null) return;
  keepMetadata(state, context);
  if (!isMetadataFresh(state, state.groupTopics)) return;
  member.leading = null;
  member.isLeader = true;
  member.dealt = new Map(state.groupTopics.map((topic) => [topic, countOf(state, topic)]));
  if (leading.skipAssignment) return sync(state, member, {}, context);
  const assignor = assignorNamed(leading.protocolName);
  invariant(assignor, 'a group chooses an assignor that every member offers');
  const assigned = assignor.assign({
    members: leading.members.map((other) => ({
      ...{ memberId: other.memberId, instanceId: other.groupInstanceId ?? null, topics: other.topics },
      ...{ owned: other.ownedPartitions ?? {}, generation: other.generationId ?? -1 },
      previous: other.userData ?? null,
    })),
    countOf: (topic) => countOf(state, topic),
  });
  sync(
    state,
    member,
    Object.fromEntries([...assigned].map(([memberId, places]) => [memberId, assignmentOf(places)])),
    context,
  );
}

function sync(
  state: ConsumerState,
  member: ClassicMember,
  assignments: Readonly<Record<string, Assignment>>,
  context: Context,
): void {
  const { groupId, instanceId } = state.config;
  if (state.coordinator.host === null) {
    member.joining = { is: 'failed', thrown: null, atOnce: false };
    return;
  }
  askCoordinator(
    state,
    {
      ...{ type: 'SyncGroupRequest', groupId, generationId: member.generation, memberId: member.memberId },
      ...(instanceId === null ? {} : { groupInstanceId: instanceId }),
      assignments: Object.entries(assignments).map(([memberId, assignment]) => ({ memberId, assignment })),
    },
    context,
  );
}

export function syncAnswered(
  state: ConsumerState,
  member: ClassicMember,
  waiting: Waiting,
  { errorCode, assignment }: SyncGroupResponse,
): void {
  if (member.joining?.is !== 'waiting') return;
  if (errorCode !== 'NONE') return joinRefused(state, member, waiting, errorCode, false);
  if (member.standing !== 'completing' || member.generation === -1)
    return joinRefused(state, member, waiting, 'ILLEGAL_GENERATION', false);
  member.standing = 'stable';
  member.rejoinNeeded = false;
  member.joining = { is: 'joined', assignment };
}

/** JoinGroup or SyncGroup was refused: what it means for the member, and whether it tries again. */
function joinRefused(
  state: ConsumerState,
  member: ClassicMember,
  waiting: Waiting,
  code: string,
  isJoin: boolean,
): void {
  const isStale = code === 'UNKNOWN_MEMBER_ID' || (!isJoin && code === 'ILLEGAL_GENERATION');
  if (isStale && isUnchanged(member, waiting)) fallOut(member, code === 'UNKNOWN_MEMBER_ID');
  if (code === 'COORDINATOR_NOT_AVAILABLE' || code === 'NOT_COORDINATOR') forgetCoordinator(state, false);
  // MemberIdRequired, UnknownMemberId, IllegalGeneration and RebalanceInProgress are tried again at once
  const atOnce =
    isStale || code === 'MEMBER_ID_REQUIRED' || code === 'REBALANCE_IN_PROGRESS' || code === 'NONE';
  const isFatal = !atOnce && retriable(code) === 'never';
  member.joining = { is: 'failed', thrown: isFatal ? thrownFor(code) : null, atOnce };
}

/** The connection to the coordinator is gone while it joins. */
export function joinLost(member: ClassicMember): void {
  member.leading = null;
  if (member.joining?.is === 'waiting') member.joining = { is: 'failed', thrown: null, atOnce: false };
}

/** HeartbeatThread.enable: all its clocks begin anew. */
function startBeating({ config }: ConsumerState, member: ClassicMember, { now }: Context): void {
  member.beats = true;
  member.beatAt = now + config.heartbeatInterval;
  member.sessionUntil = now + config.sessionTimeout;
  member.pollUntil = now + config.maxPollInterval;
}

/** onJoinComplete: from now on it reads what it was given; what it has to give up in a cooperative group makes it join again. */
function take(state: ConsumerState, member: ClassicMember, assignment: Assignment, context: Context): void {
  member.joining = null;
  member.needsPrepare = true;
  if (member.standing !== 'stable' || member.generation === -1) return fallOut(member, true);
  const { generation, memberId } = member;
  if (!member.isLeader) member.dealt = null;
  member.known = { generation, memberId };
  const given = placesOf(assignment).sort(byPlace);
  if (given.some(({ topic }) => !state.subscribed!.includes(topic))) {
    member.rejoinNeeded = true;
    return;
  }
  const has = (name: string) => state.assigned.has(name);
  const added = given.filter(({ topic, partition }) => !has(`${topic}-${partition}`));
  if (state.config.isCooperative) {
    const names = new Set(given.map(({ topic, partition }) => `${topic}-${partition}`));
    const revoked = placesHeld(state).filter(({ topic, partition }) => !names.has(`${topic}-${partition}`));
    if (revoked.length > 0) {
      tellRebalance(state, 'revoked', revoked);
      member.rejoinNeeded = true;
    }
  }
  if (member.protocol === 'sticky') member.previous = { assignment, generation };
  state.nextAutoCommit = context.now + state.config.autoCommitInterval;
  assignPlaces(state, given);
  tellRebalance(state, 'assigned', added);
}

/** The leader sees that a topic has grown, or its own subscription has changed (rejoinNeededOrPending). */
export function noticeChanges(state: ConsumerState, member: ClassicMember): void {
  const { dealt, joinedTopics } = member;
  const { subscribed } = state;
  if (dealt !== null && [...dealt].some(([topic, count]) => countOf(state, topic) !== count))
    member.rejoinNeeded = true;
  if (joinedTopics !== null && subscribed !== null && !isSameSet(joinedTopics, subscribed))
    member.rejoinNeeded = true;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
