/**
 * A node's life in its cluster: it registers with the controller, shows that it is alive, takes the metadata in, hands on
 * what only the controller can do (BrokerLifecycleManager.java, ForwardingManager.scala), and answers clients for what it leads.
 */
import type { Context, Tagged } from '../../../kernel/machine';
import { fetchedFromLeader, fetchAgain, leaderGone, type FetchAgain } from './follow';
import type { KafkaRequest, FetchResponse, Response } from '../protocol';
import type {
  AlterPartitionResponse,
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
  EnvelopeRequest,
  EnvelopeResponse,
  MetadataPublished,
} from '../protocol/cluster';
import { giveTurnBack, takeTurn, type Caller } from '../turns';
import { addingLost } from './adding';
import { awaitReplicas, awaitedTooLong, dropAwaited, type AwaitedTooLong } from './awaiting';
import { nextCorrelationId, restartedClusterState, type Clustered } from './cluster-state';
import { coordinated, coordinatorError } from './coordinators';
import { HoldingContext } from '../../../kernel/holding-context';
import { writeJournal } from './journal';
import { alteredPartition, armInSyncCheck, runInSyncCheck, type CheckInSync } from './lead';
import { refusalOf } from './refusal';
import { applyImage, playRoles } from './roles';
import { continueTransactions, markersLost, markersWritten, type SendMarkersAgain } from './txn-markers';
import type { WriteTxnMarkersResponse } from '../protocol/cluster';

/** The broker's own reminder to be heard of: register, or beat. */
export interface BeNoticed extends Tagged {
  readonly type: 'BeNoticed';
}

export type ClusterTimer = BeNoticed | FetchAgain | AwaitedTooLong | CheckInSync | SendMarkersAgain;
export type FromNodes =
  | MetadataPublished
  | FetchResponse
  | BrokerRegistrationResponse
  | BrokerHeartbeatResponse
  | AlterPartitionResponse
  | EnvelopeResponse
  | WriteTxnMarkersResponse;

/** It starts: for the first time together with the whole cluster, later as one that has to be let in. */
export function startNode(state: Clustered, context: Context): void {
  armInSyncCheck(state, context);
  if (context.incarnation === 0) playRoles(state, context);
  beNoticed(state, context);
}

/** What a crash leaves of a node: its copies and the metadata it had read. It leads nothing until it is let in again. */
export function restartNode(state: Clustered): void {
  restartedClusterState(state.cluster);
  for (const topic of state.topics.values())
    for (const { replication } of topic.partitions)
      if (replication) Object.assign(replication, { role: 'none', followers: new Map(), pendingIsr: null, delayedUntil: 0 }); // prettier-ignore
  state.groups.clear();
  delete state.transactions;
}

/** What other nodes and the controller say, and what the node reminds itself of; false: it is nothing of that. */
export function hearNodes(state: Clustered, command: Tagged, context: Context): boolean {
  const said = command as ClusterTimer | FromNodes;
  switch (said.type) {
    case 'MetadataPublished':
      applyImage(state, said.image, context);
      return true;
    case 'FetchResponse':
      fetchedFromLeader(state, said, context);
      return true;
    case 'BrokerRegistrationResponse':
      registered(state, said, context);
      return true;
    case 'BrokerHeartbeatResponse':
      // it is not the one the controller knows: it has to register again
      if (said.errorCode !== 'NONE') state.cluster.brokerEpoch = null;
      return true;
    case 'AlterPartitionResponse':
      alteredPartition(state, said);
      return true;
    case 'EnvelopeResponse':
      forwardedBack(state, said, context);
      return true;
    case 'WriteTxnMarkersResponse':
      markersWritten(state, said, context);
      return true;
    case 'BeNoticed':
      beNoticed(state, context);
      return true;
    case 'FetchAgain':
      fetchAgain(state, said, context);
      return true;
    case 'AwaitedTooLong':
      awaitedTooLong(state, said, context);
      return true;
    case 'CheckInSync':
      runInSyncCheck(state, context);
      return true;
    case 'SendMarkersAgain':
      continueTransactions(state, context, true);
      return true;
  }
}

export function connectionGone(state: Clustered, connection: number, peer: string, context: Context): void {
  const [host] = peer.split('/', 1) as [string];
  dropAwaited(state, connection, context);
  leaderGone(state, host, context);
  addingLost(state, host, context);
  markersLost(state, host);
  if (host !== state.cluster.controller) return;
  // an ISR that was asked for may be asked for again, and whoever waits for the controller hears nothing
  for (const topic of state.topics.values())
    for (const { replication } of topic.partitions) if (replication) replication.pendingIsr = null;
  state.cluster.forwarded = new Map();
}

/** Runs what a coordinator is asked for, or reminds itself of, and answers when that is safe. */
export function coordinate(state: Clustered, does: (context: Context) => void, context: Context): void {
  const holding = new HoldingContext<Response>(context);
  does(holding);
  const places = writeJournal(state, context);
  for (const { connection, answer: response } of holding.held)
    if (places.length === 0) context.reply(connection, response);
    else awaitReplicas(state, { connection, response, places, timeoutMs: commitTimeoutMs }, context);
  continueTransactions(state, context);
}

/** A request that this node does not answer by itself; true: it is dealt with. */
export function dealtWith(
  state: Clustered,
  request: KafkaRequest,
  caller: Caller,
  context: Context,
): boolean {
  if (forController.has(request.type)) {
    forward(state, request, caller, context);
    return true;
  }
  const asked = coordinated(request);
  if (asked === null) return false;
  const error = coordinatorError(state, asked.topic, asked.key);
  if (error === 'NONE') return false;
  context.reply(caller.connection, refusalOf(request, error));
  return true;
}

/** Has the controller make a topic that nobody asked for by name. The answer is nobody's. */
export function askForTopics(state: Clustered, topics: NewTopics, context: Context): void {
  const correlationId = nextCorrelationId(state.cluster);
  const request = { type: 'CreateTopicsRequest', correlationId, clientId: context.self, topics } as const;
  send(state, correlationId, request, context);
}

type NewTopics = Extract<KafkaRequest, { type: 'CreateTopicsRequest' }>['topics'];

/** offsets.commit.timeout.ms, by default. */
const commitTimeoutMs = 5000;

const forController: ReadonlySet<string> = new Set<KafkaRequest['type']>([
  'CreateTopicsRequest',
  'DeleteTopicsRequest',
  'CreatePartitionsRequest',
  'AlterConfigsRequest',
  'IncrementalAlterConfigsRequest',
]);

function forward(state: Clustered, request: KafkaRequest, { connection }: Caller, context: Context): void {
  const { cluster } = state;
  const correlationId = nextCorrelationId(cluster);
  cluster.forwarded = new Map(cluster.forwarded).set(correlationId, { connection });
  takeTurn(state, connection, false);
  send(state, correlationId, request, context);
}

function send(state: Clustered, correlationId: number, request: KafkaRequest, context: Context): void {
  const envelope: EnvelopeRequest = {
    ...{ type: 'EnvelopeRequest', correlationId, clientId: context.self, request },
  };
  context.send(state.cluster.controller, envelope);
}

function forwardedBack(
  state: Clustered,
  { correlationId, response }: EnvelopeResponse,
  context: Context,
): void {
  const { cluster } = state;
  const from = cluster.forwarded.get(correlationId);
  if (!from) return;
  const forwarded = new Map(cluster.forwarded);
  forwarded.delete(correlationId);
  cluster.forwarded = forwarded;
  context.reply(from.connection, response);
  giveTurnBack(state, from.connection, false);
}

function beNoticed(state: Clustered, context: Context): void {
  const { cluster, nodeId } = state;
  const correlationId = nextCorrelationId(cluster);
  const header = { correlationId, clientId: context.self, brokerId: nodeId };
  const again: BeNoticed = { type: 'BeNoticed' };
  cluster.heartbeatAt = context.now + cluster.settings.heartbeatInterval;
  context.after(cluster.settings.heartbeatInterval, again);
  if (cluster.brokerEpoch === null) {
    const registration: BrokerRegistrationRequest = {
      ...{ type: 'BrokerRegistrationRequest', ...header, incarnation: context.incarnation },
    };
    return context.send(cluster.controller, registration);
  }
  const heartbeat: BrokerHeartbeatRequest = {
    ...{ type: 'BrokerHeartbeatRequest', ...header, brokerEpoch: cluster.brokerEpoch },
    currentMetadataOffset: cluster.image.version,
  };
  context.send(cluster.controller, heartbeat);
}

function registered(
  state: Clustered,
  { errorCode, brokerEpoch }: BrokerRegistrationResponse,
  context: Context,
): void {
  if (errorCode !== 'NONE') return;
  const { cluster } = state;
  const { early } = cluster;
  cluster.brokerEpoch = brokerEpoch;
  delete cluster.early;
  if (early) applyImage(state, early, context);
}
