/** The library's error classes, by its names and messages (kafkajs 2.2.4 src/errors.js, src/protocol/error.js). */
import type { Failure } from '../kafka/failure';

interface Cause {
  readonly cause?: unknown;
}

export class KafkaJSError extends Error {
  override name = 'KafkaJSError';
  retriable: boolean;
  constructor(message: string, { retriable = true, cause }: Cause & { readonly retriable?: boolean } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.retriable = retriable;
  }
}

export class KafkaJSNonRetriableError extends KafkaJSError {
  override name = 'KafkaJSNonRetriableError';
  constructor(message: string, { cause }: Cause = {}) {
    super(message, { retriable: false, cause });
  }
}

export class KafkaJSProtocolError extends KafkaJSError {
  override name = 'KafkaJSProtocolError';
  readonly type: string;
  readonly code: number;
  constructor(protocolCode: string) {
    const { type, code, retriable, message } = protocolErrorOf(protocolCode);
    super(message, { retriable });
    this.type = type;
    this.code = code;
  }
}

export class KafkaJSNumberOfRetriesExceeded extends KafkaJSNonRetriableError {
  override name = 'KafkaJSNumberOfRetriesExceeded';
  readonly retryCount: number;
  readonly retryTime: number;
  constructor(error: Error, { retryCount, retryTime }: { retryCount: number; retryTime: number }) {
    super(error.message, { cause: error });
    this.retryCount = retryCount;
    this.retryTime = retryTime;
  }
}

export class KafkaJSConnectionError extends KafkaJSError {
  override name = 'KafkaJSConnectionError';
}
export class KafkaJSConnectionClosedError extends KafkaJSConnectionError {
  override name = 'KafkaJSConnectionClosedError';
}
export class KafkaJSRequestTimeoutError extends KafkaJSError {
  override name = 'KafkaJSRequestTimeoutError';
}
export class KafkaJSMetadataNotLoaded extends KafkaJSError {
  override name = 'KafkaJSMetadataNotLoaded';
}
export class KafkaJSAggregateError extends Error {
  override name = 'KafkaJSAggregateError';
  readonly errors: readonly Error[];
  constructor(message: string, errors: readonly Error[]) {
    super(message);
    this.errors = errors;
  }
}
export class KafkaJSCreateTopicError extends KafkaJSProtocolError {
  override name = 'KafkaJSCreateTopicError';
  readonly topic: string;
  constructor(protocolCode: string, topic: string) {
    super(protocolCode);
    this.topic = topic;
  }
}
export class KafkaJSDeleteGroupsError extends KafkaJSError {
  override name = 'KafkaJSDeleteGroupsError';
  readonly groups: readonly { readonly groupId: string; readonly errorCode: number; readonly error: Error }[];
  constructor(groups: KafkaJSDeleteGroupsError['groups']) {
    super('Error in DeleteGroups');
    this.groups = groups;
  }
}
interface FailedPartition {
  readonly partition: number;
  readonly offset: string;
  readonly error: KafkaJSError;
}
/** Retriable when all of its errors are. */
export class KafkaJSDeleteTopicRecordsError extends KafkaJSError {
  override name = 'KafkaJSDeleteTopicRecordsError';
  readonly partitions: readonly FailedPartition[];
  constructor({ partitions }: { readonly topic: string; readonly partitions: readonly FailedPartition[] }) {
    super('Error while deleting records', { retriable: partitions.every(({ error }) => error.retriable) });
    this.partitions = partitions;
  }
}
export class KafkaJSBrokerNotFound extends KafkaJSError {
  override name = 'KafkaJSBrokerNotFound';
}
/** Part of the library that the simulation does not have (unsupported.ts). */
export class NotSimulated extends KafkaJSNonRetriableError {
  override name = 'NotSimulated';
}

/** A driver's failure as the library would throw it. `original`: what a handler threw, where that is the cause. */
export function toError(failure: Failure, original?: Error): Error {
  const { name, type, message, retryTimeMs } = failure;
  if (name === 'KafkaJSNumberOfRetriesExceeded' || name === 'KafkaJSNonRetriableError') {
    const cause = type === '' ? (original ?? new KafkaJSError(message)) : new KafkaJSProtocolError(type);
    return name === 'KafkaJSNonRetriableError'
      ? new KafkaJSNonRetriableError(cause.message, { cause })
      : new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: retryTimeMs ?? 0 });
  }
  if (type !== '') return new KafkaJSProtocolError(type);
  if (name === 'KafkaJSConnectionClosedError') return new KafkaJSConnectionClosedError('Closed connection');
  if (name === 'KafkaJSConnectionError') return new KafkaJSConnectionError(message);
  if (name === 'KafkaJSRequestTimeoutError') return new KafkaJSRequestTimeoutError(message);
  if (name === 'KafkaJSMetadataNotLoaded')
    return new KafkaJSMetadataNotLoaded('Producing to topic without metadata');
  return original ?? new KafkaJSError(message);
}

interface ProtocolError {
  readonly type: string;
  readonly code: number;
  readonly retriable: boolean;
  readonly message: string;
}

/** The library still has the names that some codes had before they were renamed. */
const oldNames: Readonly<Record<string, string>> = {
  NOT_LEADER_OR_FOLLOWER: 'NOT_LEADER_FOR_PARTITION',
  COORDINATOR_NOT_AVAILABLE: 'GROUP_COORDINATOR_NOT_AVAILABLE',
  NOT_COORDINATOR: 'NOT_COORDINATOR_FOR_GROUP',
  COORDINATOR_LOAD_IN_PROGRESS: 'GROUP_LOAD_IN_PROGRESS',
};

const table: readonly (readonly [type: string, code: number, retriable: boolean, message: string])[] = [
  [
    'OFFSET_OUT_OF_RANGE',
    1,
    false,
    'The requested offset is not within the range of offsets maintained by the server',
  ],
  ['UNKNOWN_TOPIC_OR_PARTITION', 3, true, 'This server does not host this topic-partition'],
  [
    'LEADER_NOT_AVAILABLE',
    5,
    true,
    'There is no leader for this topic-partition as we are in the middle of a leadership election',
  ],
  ['NOT_LEADER_FOR_PARTITION', 6, true, 'This server is not the leader for that topic-partition'],
  ['REQUEST_TIMED_OUT', 7, true, 'The request timed out'],
  [
    'MESSAGE_TOO_LARGE',
    10,
    false,
    'The request included a message larger than the max message size the server will accept',
  ],
  [
    'GROUP_LOAD_IN_PROGRESS',
    14,
    true,
    "The coordinator is loading and hence can't process requests for this group",
  ],
  ['GROUP_COORDINATOR_NOT_AVAILABLE', 15, true, 'The group coordinator is not available'],
  ['NOT_COORDINATOR_FOR_GROUP', 16, true, 'This is not the correct coordinator for this group'],
  ['INVALID_TOPIC_EXCEPTION', 17, false, 'The request attempted to perform an operation on an invalid topic'],
  [
    'RECORD_LIST_TOO_LARGE',
    18,
    false,
    'The request included message batch larger than the configured segment size on the server',
  ],
  [
    'NOT_ENOUGH_REPLICAS',
    19,
    true,
    'Messages are rejected since there are fewer in-sync replicas than required',
  ],
  [
    'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
    20,
    true,
    'Messages are written to the log, but to fewer in-sync replicas than required',
  ],
  ['INVALID_REQUIRED_ACKS', 21, false, 'Produce request specified an invalid value for required acks'],
  ['ILLEGAL_GENERATION', 22, false, 'Specified group generation id is not valid'],
  [
    'INCONSISTENT_GROUP_PROTOCOL',
    23,
    false,
    "The group member's supported protocols are incompatible with those of existing members",
  ],
  ['INVALID_GROUP_ID', 24, false, 'The configured groupId is invalid'],
  ['UNKNOWN_MEMBER_ID', 25, false, 'The coordinator is not aware of this member'],
  [
    'INVALID_SESSION_TIMEOUT',
    26,
    false,
    'The session timeout is not within the range allowed by the broker (as configured by group.min.session.timeout.ms and group.max.session.timeout.ms)',
  ],
  ['REBALANCE_IN_PROGRESS', 27, false, 'The group is rebalancing, so a rejoin is needed'],
  ['INVALID_TIMESTAMP', 32, false, 'The timestamp of the message is out of acceptable range'],
  ['TOPIC_ALREADY_EXISTS', 36, false, 'Topic with this name already exists'],
  ['INVALID_PARTITIONS', 37, false, 'Number of partitions is invalid'],
  ['INVALID_REPLICATION_FACTOR', 38, false, 'Replication-factor is invalid'],
  ['INVALID_REPLICA_ASSIGNMENT', 39, false, 'Replica assignment is invalid'],
  ['INVALID_CONFIG', 40, false, 'Configuration is invalid'],
  [
    'INVALID_REQUEST',
    42,
    false,
    'This most likely occurs because of a request being malformed by the client library or the message was sent to an incompatible broker. See the broker logs for more details',
  ],
  ['OUT_OF_ORDER_SEQUENCE_NUMBER', 45, false, 'The broker received an out of order sequence number'],
  ['DUPLICATE_SEQUENCE_NUMBER', 46, false, 'The broker received a duplicate sequence number'],
  [
    'INVALID_PRODUCER_EPOCH',
    47,
    false,
    "Producer attempted an operation with an old epoch. Either there is a newer producer with the same transactionalId, or the producer's transaction has been expired by the broker",
  ],
  ['INVALID_TXN_STATE', 48, false, 'The producer attempted a transactional operation in an invalid state'],
  [
    'INVALID_PRODUCER_ID_MAPPING',
    49,
    false,
    'The producer attempted to use a producer id which is not currently assigned to its transactional id',
  ],
  [
    'INVALID_TRANSACTION_TIMEOUT',
    50,
    false,
    'The transaction timeout is larger than the maximum value allowed by the broker (as configured by max.transaction.timeout.ms)',
  ],
  [
    'CONCURRENT_TRANSACTIONS',
    51,
    true,
    'The producer attempted to update a transaction while another concurrent operation on the same transaction was ongoing',
  ],
  [
    'TRANSACTION_COORDINATOR_FENCED',
    52,
    false,
    'Indicates that the transaction coordinator sending a WriteTxnMarker is no longer the current coordinator for a given producer',
  ],
  [
    'UNKNOWN_PRODUCER_ID',
    59,
    false,
    "This exception is raised by the broker if it could not locate the producer metadata associated with the producerId in question. This could happen if, for instance, the producer's records were deleted because their retention time had elapsed. Once the last records of the producerId are removed, the producer's metadata is removed from the broker, and future appends by the producer will return this exception",
  ],
  ['NON_EMPTY_GROUP', 68, false, 'The group is not empty'],
  ['GROUP_ID_NOT_FOUND', 69, false, 'The group id was not found'],
  ['FENCED_LEADER_EPOCH', 74, true, 'The leader epoch in the request is older than the epoch on the broker'],
  ['UNKNOWN_LEADER_EPOCH', 75, true, 'The leader epoch in the request is newer than the epoch on the broker'],
  [
    'OFFSET_NOT_AVAILABLE',
    78,
    true,
    'The leader high watermark has not caught up from a recent leader election so the offsets cannot be guaranteed to be monotonically increasing',
  ],
  [
    'MEMBER_ID_REQUIRED',
    79,
    false,
    'The group member needs to have a valid member id before actually entering a consumer group',
  ],
  [
    'GROUP_MAX_SIZE_REACHED',
    81,
    false,
    'The consumer group has reached its max size. It already has the configured maximum number of members',
  ],
  ['INVALID_RECORD', 87, false, 'This record has failed the validation on broker and hence be rejected'],
];

const byType = new Map(
  table.map(([type, code, retriable, message]) => [type, { type, code, retriable, message }]),
);

/** Code, name and message of a protocol error as the library knows it. */
export function protocolErrorOf(protocolCode: string): ProtocolError {
  const type = oldNames[protocolCode] ?? protocolCode;
  return (
    byType.get(type) ?? {
      type: 'KAFKAJS_UNKNOWN_ERROR_CODE',
      code: -99,
      retriable: false,
      message: `Unknown error code ${type}`,
    }
  );
}
