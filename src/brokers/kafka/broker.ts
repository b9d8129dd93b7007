/**
 * A Kafka broker: its log, its coordinators and its periodic tasks behind the requests of the real protocol. Alone it is
 * its own controller (KRaft, combined mode); as a node of a cluster it has one beside it (cluster/). A request is handled
 * in no time; what the real broker takes for it belongs to the links. Not built: quotas.
 */
import type { Context, KernelCommand, Machine } from '../../kernel/machine';
import type { Part } from '../../kernel/part';
import { createTopics, deleteRecords, findCoordinator, metadata } from './admin';
import { added, addFirst } from './cluster/adding';
import { isClustered, type Clustered } from './cluster/cluster-state';
import { noteFetches } from './cluster/lead';
import { clusterMetadata, findClusterCoordinator } from './cluster/metadata';
import {
  connectionGone,
  coordinate,
  dealtWith,
  hearNodes,
  restartNode,
  startNode,
  type ClusterTimer,
  type FromNodes,
} from './cluster/node';
import { handleConsumerGroup } from './consumer-group/door';
import { memberSilent, revocationTimedOut } from './consumer-group/leave';
import type { MemberSilent, RevocationTimedOut } from './consumer-group/timers';
import { continueTransactions, writeTxnMarkers } from './cluster/txn-markers';
import { armCleaner, runCleaner, type CheckCleaning } from './cleaner';
import { describe } from './describe';
import { cargoOfNode, describeNode } from './describe-cluster';
import { deleteGroups, describeGroups, listGroups } from './group-admin';
import { dropFetch, expireFetch, fetch, forgetParkedFetches, type FetchExpired } from './fetch';
import { checkBroker } from './invariants';
import { reloadGroups, resumeSessions } from './group-record';
import { joinGroup } from './join';
import { listOffsets } from './list-offsets';
import { loseDisk, type LoseDisk } from './lose-disk';
import { heartbeat, leaveGroup, sessionTimedOut, syncGroup } from './membership';
import { armOffsetExpiry, expireOffsets, type CheckOffsets } from './offset-expiry';
import { commitOffsets, fetchOffsets } from './offsets';
import { everyOption, type BrokerOptions } from './options';
import { produce } from './produce';
import type { KafkaRequest } from './protocol';
import {
  initialDelayPassed,
  joinTimedOut,
  syncTimedOut,
  type InitialDelayPassed,
  type JoinTimedOut,
  type SyncTimedOut,
} from './rebalance';
import { armRetention, runRetention, type CheckRetention } from './retention';
import type { SessionTimedOut } from './sessions';
import { handleShare, remindOfShare, type ShareTimer } from './share/door';
import { dropShare } from './share/share-fetch';
import { restartShareState } from './share/share-state';
import { cloneBroker, newBroker, type BrokerState } from './state';
import { forgetFetches, giveTurnBack, handleFreed, waitsItsTurn, type Caller } from './turns';
import { createPartitions, deleteTopics } from './topic-admin';
import { alterConfigs, describeConfigs } from './topic-configs';
import {
  addOffsets,
  addPartitions,
  endTxn,
  expireTransaction,
  forgetTransactionTimers,
  initProducerId,
  watchTransactions,
  type CheckTransactions,
} from './transactions';
import { addOnOffsetCommit, endTxnAndBump } from './transactions-v2';
import { commitTxnOffsets } from './txn-offsets';

/** What the broker reminds itself of. */
export type BrokerTimer =
  | FetchExpired
  | InitialDelayPassed
  | JoinTimedOut
  | SyncTimedOut
  | SessionTimedOut
  | MemberSilent
  | RevocationTimedOut
  | CheckRetention
  | CheckOffsets
  | CheckTransactions
  | CheckCleaning
  | ShareTimer;

export type BrokerCommand = KafkaRequest | BrokerTimer | LoseDisk;

const machine: Machine<BrokerState, BrokerCommand, BrokerOptions> = {
  kind: 'kafka.broker',
  init: newBroker,
  apply(state, command, context) {
    if (command.type === 'LoseDisk') return loseDisk(state, command, context);
    if (isClustered(state)) return applyInCluster(state, command, context);
    if (!('correlationId' in command)) remind(state, command, context);
    else if (!waitsItsTurn(state, command, context)) handle(state, command, context, context);
    if (state.freed.length > 0) {
      handleFreed(state, (waiting) => handle(state, waiting.request, waiting, context));
    }
  },
  restart,
  clone: cloneBroker,
};

export const part: Part<BrokerState, BrokerCommand, BrokerOptions> = {
  machine,
  options: everyOption,
  describe: (state, look) => (isClustered(state) ? describeNode(state, look) : describe(state, look)),
  cargo: cargoOfNode,
  // a learner may seek past the end, and a broker takes what it is sent
  check: (state) => checkBroker(state, { clientsBehave: false }),
};

/** The same among other nodes: what they say is heard first, and what a coordinator answers may have to wait for them. */
function applyInCluster(
  state: Clustered,
  command: BrokerCommand | FromNodes | ClusterTimer | KernelCommand,
  context: Context,
): void {
  const next = added(state, command, context);
  if (next) handleInCluster(state, next.request, next.caller, context);
  else if (next === undefined && !hearNodes(state, command, context)) {
    if (!isRequest(command))
      coordinate(state, (holding) => remind(state, command as BrokerTimer, holding), context);
    else if (!waitsItsTurn(state, command, context)) handleInCluster(state, command, context, context);
  }
  if (state.freed.length > 0) {
    handleFreed(state, (waiting) => handleInCluster(state, waiting.request, waiting, context));
  }
  if (state.transactions) continueTransactions(state, context);
}

function handleInCluster(state: Clustered, request: KafkaRequest, caller: Caller, context: Context): void {
  if (dealtWith(state, request, caller, context) || addFirst(state, request, caller, context)) return;
  switch (request.type) {
    case 'FetchRequest':
      if (request.replicaId >= 0) noteFetches(state, request, context);
      return fetch(state, request, caller, context);
    case 'MetadataRequest':
      return clusterMetadata(state, request, caller, context);
    case 'FindCoordinatorRequest':
      return findClusterCoordinator(state, request, caller, context);
    case 'ProduceRequest':
    case 'WriteTxnMarkersRequest':
      return handle(state, request, caller, context);
    default:
      return coordinate(state, (holding) => handle(state, request, caller, holding), context);
  }
}

function isRequest(command: { readonly type: string }): command is KafkaRequest {
  return command.type.endsWith('Request');
}

/** One request, whose turn it is. */
function handle(state: BrokerState, request: KafkaRequest, caller: Caller, context: Context): void {
  switch (request.type) {
    case 'ProduceRequest':
      return produce(state, request, caller, context);
    case 'FetchRequest':
      return fetch(state, request, caller, context);
    case 'OffsetCommitRequest':
      return commitOffsets(state, request, caller, context);
    case 'HeartbeatRequest':
      return heartbeat(state, request, caller, context);
    case 'MetadataRequest':
      return metadata(state, request, caller, context);
    case 'FindCoordinatorRequest':
      return findCoordinator(state, request, caller, context);
    case 'JoinGroupRequest':
      return joinGroup(state, request, caller, context);
    case 'SyncGroupRequest':
      return syncGroup(state, request, caller, context);
    case 'LeaveGroupRequest':
      return leaveGroup(state, request, caller, context);
    case 'OffsetFetchRequest':
      return fetchOffsets(state, request, caller, context);
    case 'ListOffsetsRequest':
      return listOffsets(state, request, caller, context);
    case 'CreateTopicsRequest':
      return createTopics(state, request, caller, context);
    case 'DeleteRecordsRequest':
      return deleteRecords(state, request, caller, context);
    case 'InitProducerIdRequest':
      return initProducerId(state, request, caller, context);
    case 'AddPartitionsToTxnRequest':
      return addPartitions(state, request, caller, context);
    case 'AddOffsetsToTxnRequest':
      return addOffsets(state, request, caller, context);
    case 'TxnOffsetCommitRequest':
      return commitTxnOffsets(state, request, caller, context, addOnOffsetCommit(state, request, context));
    case 'EndTxnRequest':
      return request.bumpsEpoch
        ? endTxnAndBump(state, request, caller, context)
        : endTxn(state, request, caller, context);
    case 'DescribeConfigsRequest':
      return describeConfigs(state, request, caller, context);
    case 'AlterConfigsRequest':
      return alterConfigs(state, request, caller, context);
    case 'DeleteTopicsRequest':
      return deleteTopics(state, request, caller, context);
    case 'CreatePartitionsRequest':
      return createPartitions(state, request, caller, context);
    case 'DescribeGroupsRequest':
      return describeGroups(state, request, caller, context);
    case 'ListGroupsRequest':
      return listGroups(state, request, caller, context);
    case 'DeleteGroupsRequest':
      return deleteGroups(state, request, caller, context);
    case 'ConsumerGroupHeartbeatRequest':
    case 'ConsumerGroupDescribeRequest':
    case 'IncrementalAlterConfigsRequest':
      return handleConsumerGroup(state, request, caller, context);
    case 'ShareGroupHeartbeatRequest':
    case 'ShareGroupDescribeRequest':
    case 'ShareFetchRequest':
    case 'ShareAcknowledgeRequest':
    case 'DescribeShareGroupOffsetsRequest':
      return handleShare(state, request, caller, context);
    case 'WriteTxnMarkersRequest':
      // only nodes of a cluster ask each other for that
      return isClustered(state) ? writeTxnMarkers(state, request, caller, context) : undefined;
  }
}

/** Timers, and what the kernel says. */
function remind(state: BrokerState, command: BrokerTimer | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      return start(state, context);
    case 'ConnectionClosed':
      if (isClustered(state)) connectionGone(state, command.connection, command.peer, context);
      dropFetch(state, command.connection, context);
      dropShare(state, command.connection, context);
      forgetFetches(state, command.connection);
      return giveTurnBack(state, command.connection, false);
    case 'FetchExpired':
      return expireFetch(state, command, context);
    case 'InitialDelayPassed':
      return initialDelayPassed(state, command, context);
    case 'JoinTimedOut':
      return joinTimedOut(state, command, context);
    case 'SyncTimedOut':
      return syncTimedOut(state, command, context);
    case 'SessionTimedOut':
      return sessionTimedOut(state, command, context);
    case 'MemberSilent':
      return memberSilent(state, command, context);
    case 'RevocationTimedOut':
      return revocationTimedOut(state, command, context);
    case 'CheckRetention':
      return runRetention(state, context);
    case 'CheckCleaning':
      return runCleaner(state, context);
    case 'CheckTransactions':
      return expireTransaction(state, command, context);
    case 'CheckOffsets':
      return expireOffsets(state, context);
    case 'LocksRunOut':
    case 'ShareFetchExpired':
      return remindOfShare(state, command, context);
  }
}

/** The periodic tasks count from now; members found in __consumer_offsets have a session timeout to be heard of. */
function start(state: BrokerState, context: Context): void {
  state.startedAt = context.now;
  if (isClustered(state)) startNode(state, context);
  resumeSessions(state, context);
  armRetention(state, context);
  armOffsetExpiry(state, context);
  watchTransactions(state, context);
  armCleaner(state, context);
}

/**
 * What a crash leaves: the logs, and what __consumer_offsets says of groups and offsets. Every request that was parked
 * is forgotten with its connection. (The process dies, not the machine: nothing unflushed is lost.)
 */
function restart(state: BrokerState): void {
  forgetParkedFetches(state);
  state.turns.clear();
  if (state.share) restartShareState(state.share);
  if (isClustered(state)) restartNode(state);
  state.retentionAlarm = null;
  state.offsetExpiryAlarm = null;
  forgetTransactionTimers(state);
  delete state.cleanerAlarm;
  // in a cluster others may have taken them over
  if (!state.cluster) reloadGroups(state);
}
