/**
 * Nodes find and lose each other, as Erlang's distribution and aten do. A node whose process ends is down at once, since
 * its connections close. One that is only silent is suspected after five seconds, when replicas look for other leaders,
 * and taken for down after a minute (net_ticktime). Ours: each says every second that it is there, where aten does ten
 * times a second; a node that comes up does not wait for the others before it serves clients; after a partition each
 * node goes on with its own metadata until it is told more (cluster_partition_handling is ignore).
 */
import { seconds, type Time } from '../../../kernel/time';
import type { QueuePort } from '../queue-type';
import { askAwaited } from './await-queue';
import { typeOfQueue } from '../queue-types';
import type { Clustered, OtherNode } from './cluster-state';
import { imageOf, takeImage } from './metadata-image';
import type { NodeIsUp, NodeMessage, NodeStarted, NodeTick } from './messages';
import { channelsDown } from './remote';
import { toNode } from './say';
import { queuesLost } from './lost-queues';
import { lockAfterLoss } from './transactions';

const tickTime = seconds(1);
const suspectAfter = seconds(5);
const downAfter = seconds(60);

const tick: NodeTick = { type: 'NodeTick' };

export function startNode(state: Clustered, port: QueuePort): void {
  const { context } = port;
  const { incarnation, now } = context;
  for (const other of state.cluster.others.values()) other.heardAt = now;
  const started: NodeStarted = { type: 'NodeStarted', node: state.node, incarnation };
  for (const node of state.cluster.others.keys()) toNode(state, node, started, context);
  state.cluster.tick = context.after(tickTime, tick);
}

export function runTick(state: Clustered, port: QueuePort): void {
  const { context } = port;
  state.cluster.tick = context.after(tickTime, tick);
  for (const [node, other] of state.cluster.others) {
    if (!other.up) continue;
    toNode(state, node, { type: 'NodeAlive', node: state.node } as NodeMessage, context);
    const silence = context.now - other.heardAt;
    if (silence > downAfter) lose(state, node, other, port);
    else if (silence > suspectAfter && !other.suspected) {
      other.suspected = true;
      tellQueues(state, node, 'suspected', port);
    }
  }
}

/** Something has come from it. */
export function heardOf(state: Clustered, node: number, now: Time, port: QueuePort): void {
  const other = state.cluster.others.get(node);
  if (!other) return;
  other.heardAt = now;
  if (other.suspected) {
    other.suspected = false;
    tellQueues(state, node, 'heard', port);
  } else if (!other.up && !other.gone) {
    find(state, node, other, port);
  }
}

export function nodeStarted(state: Clustered, { node, incarnation }: NodeStarted, port: QueuePort): void {
  const other = state.cluster.others.get(node);
  if (!other) return;
  // its end was not noticed
  if (other.up && other.incarnation !== incarnation) lose(state, node, other, port);
  other.incarnation = incarnation;
  find(state, node, other, port);
  const answer: NodeIsUp = {
    type: 'NodeIsUp',
    node: state.node,
    incarnation: port.context.incarnation,
    metadata: imageOf(state),
  };
  toNode(state, node, answer, port.context);
}

export function nodeIsUp(state: Clustered, { node, incarnation, metadata }: NodeIsUp, port: QueuePort): void {
  const other = state.cluster.others.get(node);
  if (!other) return;
  other.incarnation = incarnation;
  if (metadata.version > state.cluster.version) takeImage(state, metadata, port);
  find(state, node, other, port);
}

/** The connection to it has gone. */
export function nodeGone(state: Clustered, node: number, port: QueuePort): void {
  const other = state.cluster.others.get(node);
  if (!other) return;
  other.gone = true;
  if (other.up) lose(state, node, other, port);
}

function find(state: Clustered, node: number, other: OtherNode, port: QueuePort): void {
  other.heardAt = port.context.now;
  other.suspected = false;
  other.gone = false;
  if (other.up) return;
  other.up = true;
  tellQueues(state, node, 'up', port);
  askAwaited(state, port);
}

function lose(state: Clustered, node: number, other: OtherNode, port: QueuePort): void {
  other.up = false;
  other.suspected = false;
  lockAfterLoss(state, node, port);
  channelsDown(state, node, port);
  queuesLost(state, node, port);
  tellQueues(state, node, 'down', port);
}

/** Replicas are told; other queues are on one node only. */
function tellQueues(
  state: Clustered,
  node: number,
  what: 'up' | 'down' | 'suspected' | 'heard',
  port: QueuePort,
): void {
  for (const queue of [...state.held.values()]) typeOfQueue(queue).nodeChanged?.(queue, node, what, port);
}
