import { batchOverheadBytes } from '../../../src/brokers/kafka/batch-size';
import type {
  Assignment,
  FetchRequest,
  FetchResponse,
  HeartbeatRequest,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  ListOffsetsRequest,
  OffsetCommitRequest,
  OffsetFetchRequest,
  OffsetFetchResponse,
  ProducedRecord,
  ProduceRequest,
  SyncGroupRequest,
} from '../../../src/brokers/kafka/protocol';
import { ms } from '../../../src/kernel/time';
import type { LoneBroker, Sent } from './lone-broker';

/** A record of 100 bytes; its message number stands for what it says, and is its cause as well. */
export function record(
  message: number,
  more: { timestampMs?: number; sizeBytes?: number } = {},
): ProducedRecord {
  const { timestampMs = 0, sizeBytes = 100 } = more;
  return { message, key: null, timestamp: ms(timestampMs), sizeBytes, cause: message };
}

/** What a batch of records of 100 bytes takes in the log. */
export const batchBytes = (recordCount: number) => batchOverheadBytes + 100 * recordCount;

interface Place {
  readonly topic?: string;
  readonly partition?: number;
}

/** Records 0, 1, 2 … by number, or given whole, as one batch. */
export function produce(
  records: readonly (number | ProducedRecord)[],
  { topic = 'orders', partition = 0, acks = -1 }: Place & { acks?: ProduceRequest['acks'] } = {},
): Sent<ProduceRequest> {
  const batch = {
    records: records.map((one) => (typeof one === 'number' ? record(one) : one)),
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
  };
  return {
    type: 'ProduceRequest',
    acks,
    timeoutMs: 30_000,
    transactionalId: null,
    topicData: [{ name: topic, partitionData: [{ index: partition, records: batch }] }],
  };
}

type FetchPlace = FetchRequest['topics'][number]['partitions'][number];

/** One partition of orders from an offset on, or several places. */
export function fetch(
  from: number | readonly (Partial<FetchPlace> & { topic?: string })[],
  more: Partial<Pick<FetchRequest, 'maxWaitMs' | 'minBytes' | 'maxBytes'>> & {
    partitionMaxBytes?: number;
  } = {},
): Sent<FetchRequest> {
  const { maxWaitMs = 0, minBytes = 1, maxBytes = 10_485_760, partitionMaxBytes = 1_048_576 } = more;
  const places = typeof from === 'number' ? [{ fetchOffset: from }] : from;
  return {
    type: 'FetchRequest',
    replicaId: -1,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel: 1,
    groupId: 'search',
    topics: places.map(({ topic = 'orders', ...place }) => ({
      topic,
      partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes, currentLeaderEpoch: -1, ...place }],
    })),
  };
}

/** What a fetch brought, partition by partition: an error code, or [offset, message] pairs. */
export function fetched(response: FetchResponse | undefined): (string | [number, number][])[] | 'parked' {
  if (!response) return 'parked';
  return response.responses.flatMap(({ partitions }) =>
    partitions.map(({ errorCode, batches }) =>
      errorCode === 'NONE'
        ? batches.flatMap(({ records, baseOffset }) =>
            records.map(({ message }, index): [number, number] => [baseOffset + index, message]),
          )
        : errorCode,
    ),
  );
}

export function listOffsets(
  timestamp: number,
  { topic = 'orders', partition = 0 }: Place = {},
): Sent<ListOffsetsRequest> {
  return {
    type: 'ListOffsetsRequest',
    isolationLevel: 1,
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, timestamp }] }],
  };
}

export interface JoinOptions {
  readonly groupId?: string;
  readonly sessionTimeoutMs?: number;
  readonly rebalanceTimeoutMs?: number;
  readonly protocols?: readonly string[];
  readonly topics?: readonly string[];
  readonly clientId?: string;
}

export function join(memberId: string, options: JoinOptions = {}): Sent<JoinGroupRequest> {
  const { groupId = 'search', sessionTimeoutMs = 30_000, rebalanceTimeoutMs = 60_000 } = options;
  const { protocols = ['RoundRobinAssigner'], topics = ['orders'], clientId } = options;
  return {
    type: 'JoinGroupRequest',
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    memberId,
    groupInstanceId: null,
    protocolType: 'consumer',
    protocols: protocols.map((name) => ({ name, topics })),
    ...(clientId === undefined ? {} : { clientId }),
  };
}

export function sync(
  memberId: string,
  generationId: number,
  shares: Readonly<Record<string, readonly number[]>> = {},
  groupId = 'search',
): Sent<SyncGroupRequest> {
  const assignments = Object.entries(shares).map(([id, orders]) => ({
    memberId: id,
    assignment: { orders } satisfies Assignment,
  }));
  return { type: 'SyncGroupRequest', groupId, generationId, memberId, assignments };
}

export function heartbeat(memberId: string, generationId: number): Sent<HeartbeatRequest> {
  return { type: 'HeartbeatRequest', groupId: 'search', generationId, memberId };
}

export function leave(memberId: string): Sent<LeaveGroupRequest> {
  return { type: 'LeaveGroupRequest', groupId: 'search', memberId };
}

/** generationId −1 with member '': from outside the group. */
export function commit(
  offset: number,
  { memberId = '', generationId = -1, groupId = 'search', partition = 0, topic = 'orders' } = {},
): Sent<OffsetCommitRequest> {
  return {
    type: 'OffsetCommitRequest',
    groupId,
    generationId,
    memberId,
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, committedOffset: offset }] }],
  };
}

export function offsetFetch(groupId = 'search', partition = 0): Sent<OffsetFetchRequest> {
  return { type: 'OffsetFetchRequest', groupId, topics: [{ name: 'orders', partitionIndexes: [partition] }] };
}

/** Committed offset of a group as it would learn it itself; −1 for none. */
export function committed(broker: LoneBroker, groupId = 'search', partition = 0): number {
  const answer = broker.ask<OffsetFetchResponse>(offsetFetch(groupId, partition), 99);
  return answer!.topics[0].partitions[0].committedOffset;
}

/** Asks for a member id, as every member does first. */
export function idFor(broker: LoneBroker, connection: number, options: JoinOptions = {}): string {
  return broker.ask<JoinGroupResponse>(join('', options), connection)!.memberId;
}

/** The generation a group with these members reaches when all join and the first hands out these shares. */
export interface Gathered {
  readonly ids: readonly string[];
  readonly generation: number;
}

/** A stable group: one member per connection, the first is the leader, shares in the same order. */
export function gather(
  broker: LoneBroker,
  connections: readonly number[],
  shares: readonly (readonly number[])[],
  options: JoinOptions = {},
): Gathered {
  const ids = connections.map((connection) => idFor(broker, connection, options));
  ids.forEach((id, index) => broker.send(join(id, options), connections[index]));
  broker.wait(broker.state.config.initialRebalanceDelay / 1000);
  broker.wait(broker.state.config.initialRebalanceDelay / 1000);
  const { generation } = broker.state.groups.get(options.groupId ?? 'search')!;
  const all = Object.fromEntries(ids.map((id, index) => [id, shares[index]]));
  ids.forEach((id, index) =>
    broker.send(sync(id, generation, index === 0 ? all : {}, options.groupId), connections[index]),
  );
  return { ids, generation };
}
