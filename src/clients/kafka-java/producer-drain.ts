/**
 * What goes out now (kafka-clients 4.3.1 Sender.java sendProducerData, RecordAccumulator.java ready and drain): once any
 * partition of a node has a batch that is full, or old enough, one request takes along the first batch of every
 * partition that the node leads.
 */
import type { ProduceRequest, RecordBatch } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { ask, countInFlight, header, reachableFrom } from './connection';
import { leaderOf, wantTopic, wantUpdate } from './metadata';
import { acknowledgeUnasked } from './producer-answers';
import { mustWait, number } from './producer-sequences';
import type { Batch, Lane, Producer } from './producer-state';
import { isCompleting } from './transacting';

/** Sends what can be sent. Whether anything was. */
export function sendProduceData(state: Producer, context: Context): boolean {
  const ready = readyHosts(state, context.now);
  let hasSent = false;
  for (const host of ready) {
    while (canSend(state, host, context.now)) {
      const batches = drain(state, host, context.now);
      if (batches.length === 0) break;
      produce(state, host, batches, context);
      hasSent = true;
    }
  }
  return hasSent;
}

/** When something may be ready that is not yet, or not reachable yet. */
export function nextReadyAt(state: Producer, now: Time): Time {
  let next = Infinity;
  for (const lane of state.lanes.values()) {
    const first = state.batches.get(lane.queue[0]);
    const leader = first && leaderOf(state.metadata, lane.topic, lane.partition);
    if (!first || leader === null || leader === undefined) continue;
    const at = Math.max(readyAt(state, lane, first, leader), reachableFrom(state.network, leader, now));
    if (at > now && at < next) next = at;
  }
  return next;
}

/** Nodes that have something to be sent to them; what has no leader is asked about. */
function readyHosts(state: Producer, now: Time): readonly string[] {
  const hosts: string[] = [];
  for (const lane of state.lanes.values()) {
    const first = state.batches.get(lane.queue[0]);
    if (!first) continue;
    const leader = leaderOf(state.metadata, lane.topic, lane.partition);
    if (leader === null) {
      wantTopic(state.metadata, lane.topic);
      wantUpdate(state.metadata);
    } else if (!hosts.includes(leader) && readyAt(state, lane, first, leader) <= now) hosts.push(leader);
  }
  return hosts;
}

/** When a partition's first batch is ready: full, old enough, wanted at once, or its wait after a failure is over. */
function readyAt(state: Producer, lane: Lane, first: Batch, leader: string): Time {
  if (first.attempts > 0) return first.sentTo === leader ? first.retryAt : 0;
  const isAtOnce = first.isFull || lane.queue.length > 1 || isHurried(state);
  return isAtOnce ? 0 : first.createdAt + state.options.linger;
}

/** flush, close, a transaction that ends, and memory that somebody waits for: no lingering. */
function isHurried({ calls, isClosed, isExhausted, transacting }: Producer): boolean {
  const is = calls[0]?.call.is;
  return isClosed || isExhausted || is === 'flush' || is === 'close' || isCompleting(transacting);
}

function canSend({ network, options }: Producer, host: string, now: Time): boolean {
  return reachableFrom(network, host, now) <= now && countInFlight(network, host) < options.maxInFlight;
}

/** The first batch of each partition of this node, as many as fit into a request. */
function drain(state: Producer, host: string, now: Time): readonly Batch[] {
  const { options, metadata, batches, lanes } = state;
  const drained: Batch[] = [];
  let size = 0;
  for (const lane of lanes.values()) {
    const first = batches.get(lane.queue[0]);
    if (!first || leaderOf(metadata, lane.topic, lane.partition) !== host) continue;
    if (first.attempts > 0 && first.sentTo === host && first.retryAt > now) continue;
    if (options.maxInFlight === 1 && isUnderWay(state, first.lane)) continue;
    if (size + first.sizeBytes > options.maxRequestSize && drained.length > 0) break;
    if (options.isIdempotent && mustWait(state, lane, first)) break;
    lane.queue = lane.queue.slice(1);
    if (options.isIdempotent && first.sequence < 0) number(state, lane, first);
    size += first.sizeBytes;
    drained.push(first);
  }
  return drained;
}

function isUnderWay({ batches }: Producer, lane: string): boolean {
  for (const batch of batches.values()) if (batch.lane === lane && batch.isInFlight) return true;
  return false;
}

function produce(state: Producer, host: string, batches: readonly Batch[], context: Context): void {
  const { network, options } = state;
  const { acks, transactionalId, client } = options;
  const request: ProduceRequest = {
    ...{ type: 'ProduceRequest', ...header(network, context), acks },
    ...{
      timeoutMs: Math.round(client.requestTimeout / 1000),
      transactionalId,
      topicData: dataOf(state, batches),
    },
    ...(transactionalId === null ? {} : { addsPartitions: true as const }),
  };
  for (const batch of batches) {
    batch.isInFlight = acks !== 0;
    batch.isFull = true;
    batch.sentTo = host;
  }
  if (acks !== 0) return ask(network, context, host, request, { about: batches.map(({ id }) => id) });
  context.send(host, request);
  acknowledgeUnasked(state, batches, context);
}

function dataOf(state: Producer, batches: readonly Batch[]): ProduceRequest['topicData'] {
  const topics = new Map<string, { index: number; records: RecordBatch }[]>();
  for (const batch of batches) {
    const { topic, partition: index } = state.lanes.get(batch.lane)!;
    const data = topics.get(topic) ?? [];
    topics.set(topic, data);
    const { records, producerId, epoch: producerEpoch, sequence: baseSequence } = batch;
    const isTransactional = state.options.transactionalId === null ? {} : { isTransactional: true as const };
    data.push({ index, records: { records, producerId, producerEpoch, baseSequence, ...isTransactional } });
  }
  return [...topics].map(([name, partitionData]) => ({ name, partitionData }));
}
