/**
 * The end of a transaction over several nodes: once the decision is safe in __transaction_state, its coordinator has the
 * leaders of its partitions write their markers and the coordinators of its groups settle their offsets, each once: it asks
 * again whoever has left something out, was lost, or has said nothing for request.timeout.ms (TransactionMarkerChannelManager.scala).
 */
import type { Context, Tagged } from '../../../kernel/machine';
import { ms } from '../../../kernel/time';
import { writeMarker } from '../markers';
import type { WriteTxnMarkersRequest, WriteTxnMarkersResponse } from '../protocol/cluster';
import { partitionOf } from '../state';
import type { Transaction } from '../transaction-state';
import { endPendingOffsets } from '../txn-offsets';
import type { Caller } from '../turns';
import { awaitReplicas, type AwaitedPlace } from './awaiting';
import { hostOf, nextCorrelationId, type Clustered } from './cluster-state';
import { coordinatorOf } from './coordinators';
import { writeJournal } from './journal';
import { offsetsTopic, transactionsTopic } from '../topic-name';
import { keyPartition } from './key-partition';

/** The coordinator's own reminder of markers that nobody has confirmed. */
export interface SendMarkersAgain extends Tagged {
  readonly type: 'SendMarkersAgain';
}

const retryInterval = ms(500);
/** request.timeout.ms of a node's own client, by default. */
const answerTimeout = ms(30_000);

/** Goes on with every transaction whose decision is safe. `again`: also with those that were asked for before. */
export function continueTransactions(state: Clustered, context: Context, again = false): void {
  let isWaiting = false;
  if (again) state.cluster.isReminded = false;
  for (const transaction of state.transactions?.values() ?? []) {
    if (!isPrepared(transaction)) continue;
    if (!isSafe(state, transaction)) {
      // what has been written since is not safe yet: it is looked at again, also when nothing else happens
      isWaiting ||= transaction.markersAsked === true;
      continue;
    }
    if (transaction.markersAsked && !again) continue;
    transaction.markersAsked = true;
    isWaiting = true;
    askForMarkers(state, transaction, context);
  }
  if (!isWaiting || (state.cluster.isReminded && !again)) return;
  state.cluster.isReminded = true;
  const reminder: SendMarkersAgain = { type: 'SendMarkersAgain' };
  context.after(retryInterval, reminder);
}

/** Another node has written markers; when none is missing the transaction is complete. */
export function markersWritten(state: Clustered, response: WriteTxnMarkersResponse, context: Context): void {
  const transaction = state.transactions?.get(response.transactionalId);
  if (!transaction || !isPrepared(transaction) || transaction.epoch !== response.producerEpoch) return;
  const { nodeId, partitions, groups } = response;
  owesNothing(transaction, nodeId);
  settle(state, transaction, partitions, groups, context);
}

/** A node is gone, and with it its answers: it is asked again. */
export function markersLost(state: Clustered, host: string): void {
  for (const { nodeId } of state.cluster.image.nodes.filter((node) => node.host === host))
    for (const transaction of state.transactions?.values() ?? []) owesNothing(transaction, nodeId);
}

function owesNothing(transaction: Transaction, nodeId: number): void {
  if (!transaction.owing?.has(nodeId)) return;
  const owing = new Map(transaction.owing);
  owing.delete(nodeId);
  if (owing.size > 0) transaction.owing = owing;
  else delete transaction.owing;
}

/** What this node leads and coordinates of it gets its end; the rest is left out of the answer. */
export function writeTxnMarkers(
  state: Clustered,
  request: WriteTxnMarkersRequest,
  { connection }: Caller,
  context: Context,
): void {
  const { transactionalId, producerId, producerEpoch, isCommit, correlationId } = request;
  const places: AwaitedPlace[] = [];
  const partitions = request.partitions.filter(({ topic, index }) => {
    const partition = partitionOf(state, topic, index);
    if (partition?.replication?.role !== 'leader') return false;
    writeMarker(state, partition, producerId, producerEpoch, isCommit, context);
    const { leaderEpoch } = partition.replication.image;
    places.push({ topic, index, end: partition.logEnd, leaderEpoch });
    return true;
  });
  const groups = request.groups.filter(
    (groupId) => coordinatorOf(state, offsetsTopic, groupId) === state.nodeId,
  );
  for (const groupId of groups) endPendingOffsets(state, groupId, producerId, isCommit, context);
  places.push(...writeJournal(state, context));
  const response: WriteTxnMarkersResponse = {
    ...{
      type: 'WriteTxnMarkersResponse',
      correlationId,
      nodeId: state.nodeId,
      transactionalId,
      producerEpoch,
    },
    ...{ partitions, groups },
  };
  if (places.length === 0) return context.reply(connection, response);
  awaitReplicas(state, { connection, response, places, timeoutMs: null }, context);
}

function isPrepared({ state }: Transaction): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort';
}

/** The decision is where no single node can lose it. */
function isSafe(state: Clustered, { transactionalId }: Transaction): boolean {
  const kept = state.cluster.journaled.transactions.get(transactionalId);
  const count = state.topics.get(transactionsTopic)?.partitions.length ?? 0;
  if (!kept || count === 0) return false;
  const partition = partitionOf(state, transactionsTopic, keyPartition(transactionalId, count))!;
  return partition.highWatermark >= kept.end;
}

function askForMarkers(state: Clustered, transaction: Transaction, context: Context): void {
  const { transactionalId, producerId, epoch: producerEpoch, partitions, groups } = transaction;
  if (partitions.length === 0 && groups.length === 0) return settle(state, transaction, [], [], context);
  const isCommit = transaction.state === 'PrepareCommit';
  const { image } = state.cluster;
  const leaderOf = ({ topic, index }: { readonly topic: string; readonly index: number }): number =>
    image.topics.get(topic)?.partitions[index]?.leader ?? -1;
  for (const { nodeId } of image.nodes) {
    const ofNode = partitions.filter((each) => leaderOf(each) === nodeId);
    const groupsOfNode = groups.filter((id) => coordinatorOf(state, offsetsTopic, id) === nodeId);
    if (ofNode.length === 0 && groupsOfNode.length === 0) continue;
    const since = transaction.owing?.get(nodeId);
    if (since !== undefined && context.now - since < answerTimeout) continue;
    transaction.owing = new Map(transaction.owing).set(nodeId, context.now);
    const request: WriteTxnMarkersRequest = {
      ...{ type: 'WriteTxnMarkersRequest', correlationId: nextCorrelationId(state.cluster) },
      ...{ clientId: context.self, transactionalId, producerId, producerEpoch, isCommit },
      ...{ partitions: ofNode, groups: groupsOfNode },
    };
    context.send(hostOf(state.cluster, nodeId), request);
  }
}

function settle(
  state: Clustered,
  transaction: Transaction,
  partitions: WriteTxnMarkersResponse['partitions'],
  groups: readonly string[],
  context: Context,
): void {
  const isWritten = (one: { readonly topic: string; readonly index: number }): boolean =>
    partitions.some(({ topic, index }) => topic === one.topic && index === one.index) ||
    // a topic that was deleted meanwhile needs no marker
    !state.cluster.image.topics.has(one.topic);
  transaction.partitions = transaction.partitions.filter((each) => !isWritten(each));
  transaction.groups = transaction.groups.filter((id) => !groups.includes(id));
  if (transaction.partitions.length === 0 && transaction.groups.length === 0) {
    transaction.state = transaction.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort';
    delete transaction.markersAsked;
    delete transaction.owing;
  }
  writeJournal(state, context);
}
