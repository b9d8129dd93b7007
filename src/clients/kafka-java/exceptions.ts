/** The library's exceptions by the protocol's error codes (kafka-clients 4.3.1 common/protocol/Errors.java). */
import { JavaError } from './api';

/** Of a code: whether the library tries again by itself, and whether it first looks for the leader anew. */
export type Retriable = 'never' | 'again' | 'again, elsewhere';

/** What a call throws, in a state: plain data. */
export interface Thrown {
  /** Simple class name. */
  readonly name: string;
  readonly message: string;
}

/** Errors.exception(message): without one, the code's own. */
export function thrownFor(code: string, message = messageOf(code)): Thrown {
  return { name: classOf(code), message };
}

export function errorOf({ name, message }: Thrown): JavaError {
  return new JavaError(name, message);
}

/** Simple name of the exception's class. */
export function classOf(code: string): string {
  return table[code]?.[0] ?? 'UnknownServerException';
}

export function messageOf(code: string): string {
  return table[code]?.[2] ?? 'The server experienced an unexpected error when processing the request.';
}

/** RetriableException, InvalidMetadataException. */
export function retriable(code: string): Retriable {
  return table[code]?.[1] ?? 'never';
}

type Row = readonly [name: string, retriable: Retriable, message: string];

// prettier-ignore
const table: Readonly<Record<string, Row | undefined>> = {
  OFFSET_OUT_OF_RANGE: ['OffsetOutOfRangeException', 'never', 'The requested offset is not within the range of offsets maintained by the server.'],
  CORRUPT_MESSAGE: ['CorruptRecordException', 'again', 'This message has failed its CRC checksum, exceeds the valid size, has a null key for a compacted topic, or is otherwise corrupt.'],
  UNKNOWN_TOPIC_OR_PARTITION: ['UnknownTopicOrPartitionException', 'again, elsewhere', 'This server does not host this topic-partition.'],
  LEADER_NOT_AVAILABLE: ['LeaderNotAvailableException', 'again, elsewhere', 'There is no leader for this topic-partition as we are in the middle of a leadership election.'],
  NOT_LEADER_OR_FOLLOWER: ['NotLeaderOrFollowerException', 'again, elsewhere', 'For requests intended only for the leader, this error indicates that the broker is not the current leader. For requests intended for any replica, this error indicates that the broker is not a replica of the topic partition.'],
  REQUEST_TIMED_OUT: ['TimeoutException', 'again', 'The request timed out.'],
  MESSAGE_TOO_LARGE: ['RecordTooLargeException', 'never', 'The request included a message larger than the max message size the server will accept.'],
  NETWORK_EXCEPTION: ['NetworkException', 'again, elsewhere', 'The server disconnected before a response was received.'],
  COORDINATOR_LOAD_IN_PROGRESS: ['CoordinatorLoadInProgressException', 'again', "The coordinator is loading and hence can't process requests."],
  COORDINATOR_NOT_AVAILABLE: ['CoordinatorNotAvailableException', 'again', 'The coordinator is not available.'],
  NOT_COORDINATOR: ['NotCoordinatorException', 'again', 'This is not the correct coordinator.'],
  INVALID_TOPIC_EXCEPTION: ['InvalidTopicException', 'never', 'The request attempted to perform an operation on an invalid topic.'],
  RECORD_LIST_TOO_LARGE: ['RecordBatchTooLargeException', 'never', 'The request included message batch larger than the configured segment size on the server.'],
  NOT_ENOUGH_REPLICAS: ['NotEnoughReplicasException', 'again', 'Messages are rejected since there are fewer in-sync replicas than required.'],
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: ['NotEnoughReplicasAfterAppendException', 'again', 'Messages are written to the log, but to fewer in-sync replicas than required.'],
  INVALID_REQUIRED_ACKS: ['InvalidRequiredAcksException', 'never', 'Produce request specified an invalid value for required acks.'],
  ILLEGAL_GENERATION: ['IllegalGenerationException', 'never', 'Specified group generation id is not valid.'],
  INCONSISTENT_GROUP_PROTOCOL: ['InconsistentGroupProtocolException', 'never', "The group member's supported protocols are incompatible with those of existing members or first group member tried to join with empty protocol type or empty protocol list."],
  INVALID_GROUP_ID: ['InvalidGroupIdException', 'never', 'The group id is invalid.'],
  UNKNOWN_MEMBER_ID: ['UnknownMemberIdException', 'never', 'The coordinator is not aware of this member.'],
  INVALID_SESSION_TIMEOUT: ['InvalidSessionTimeoutException', 'never', 'The session timeout is not within the range allowed by the broker (as configured by group.min.session.timeout.ms and group.max.session.timeout.ms).'],
  REBALANCE_IN_PROGRESS: ['RebalanceInProgressException', 'never', 'The group is rebalancing, so a rejoin is needed.'],
  INVALID_TIMESTAMP: ['InvalidTimestampException', 'never', 'The timestamp of the message is out of acceptable range.'],
  UNSUPPORTED_VERSION: ['UnsupportedVersionException', 'never', 'The version of API is not supported.'],
  TOPIC_ALREADY_EXISTS: ['TopicExistsException', 'never', 'Topic with this name already exists.'],
  INVALID_PARTITIONS: ['InvalidPartitionsException', 'never', 'Number of partitions is below 1.'],
  INVALID_REPLICATION_FACTOR: ['InvalidReplicationFactorException', 'never', 'Replication factor is below 1 or larger than the number of available brokers.'],
  INVALID_REPLICA_ASSIGNMENT: ['InvalidReplicaAssignmentException', 'never', 'Replica assignment is invalid.'],
  INVALID_CONFIG: ['InvalidConfigurationException', 'never', 'Configuration is invalid.'],
  NOT_CONTROLLER: ['NotControllerException', 'again', 'This is not the correct controller for this cluster.'],
  INVALID_REQUEST: ['InvalidRequestException', 'never', 'This most likely occurs because of a request being malformed by the client library or the message was sent to an incompatible broker. See the broker logs for more details.'],
  OUT_OF_ORDER_SEQUENCE_NUMBER: ['OutOfOrderSequenceException', 'never', 'The broker received an out of order sequence number.'],
  DUPLICATE_SEQUENCE_NUMBER: ['DuplicateSequenceException', 'never', 'The broker received a duplicate sequence number.'],
  INVALID_PRODUCER_EPOCH: ['InvalidProducerEpochException', 'never', 'Producer attempted to produce with an old epoch.'],
  INVALID_TXN_STATE: ['InvalidTxnStateException', 'never', 'The producer attempted a transactional operation in an invalid state.'],
  INVALID_PRODUCER_ID_MAPPING: ['InvalidPidMappingException', 'never', 'The producer attempted to use a producer id which is not currently assigned to its transactional id.'],
  INVALID_TRANSACTION_TIMEOUT: ['InvalidTxnTimeoutException', 'never', 'The transaction timeout is larger than the maximum value allowed by the broker (as configured by transaction.max.timeout.ms).'],
  CONCURRENT_TRANSACTIONS: ['ConcurrentTransactionsException', 'again', 'The producer attempted to update a transaction while another concurrent operation on the same transaction was ongoing.'],
  OPERATION_NOT_ATTEMPTED: ['OperationNotAttemptedException', 'never', 'The broker did not attempt to execute this operation. This may happen for batched RPCs where some operations in the batch failed, causing the broker to respond without trying the rest.'],
  UNKNOWN_PRODUCER_ID: ['UnknownProducerIdException', 'never', "This exception is raised by the broker if it could not locate the producer metadata associated with the producerId in question. This could happen if, for instance, the producer's records were deleted because their retention time had elapsed. Once the last records of the producerId are removed, the producer's metadata is removed from the broker, and future appends by the producer will return this exception."],
  NON_EMPTY_GROUP: ['GroupNotEmptyException', 'never', 'The group is not empty.'],
  GROUP_ID_NOT_FOUND: ['GroupIdNotFoundException', 'never', 'The group id does not exist.'],
  FENCED_LEADER_EPOCH: ['FencedLeaderEpochException', 'again, elsewhere', 'The leader epoch in the request is older than the epoch on the broker.'],
  UNKNOWN_LEADER_EPOCH: ['UnknownLeaderEpochException', 'again', 'The leader epoch in the request is newer than the epoch on the broker.'],
  OFFSET_NOT_AVAILABLE: ['OffsetNotAvailableException', 'again', 'The leader high watermark has not caught up from a recent leader election so the offsets cannot be guaranteed to be monotonically increasing.'],
  MEMBER_ID_REQUIRED: ['MemberIdRequiredException', 'never', 'The group member needs to have a valid member id before actually entering a consumer group.'],
  GROUP_MAX_SIZE_REACHED: ['GroupMaxSizeReachedException', 'never', 'The group has reached its maximum size.'],
  FENCED_INSTANCE_ID: ['FencedInstanceIdException', 'never', 'The broker rejected this static consumer since another consumer with the same group.instance.id has registered with a different member.id.'],
  INVALID_RECORD: ['InvalidRecordException', 'never', 'This record has failed the validation on broker and hence will be rejected.'],
  UNSTABLE_OFFSET_COMMIT: ['UnstableOffsetCommitException', 'again', 'There are unstable offsets that need to be cleared.'],
  PRODUCER_FENCED: ['ProducerFencedException', 'never', 'There is a newer producer with the same transactionalId which fences the current one.'],
  UNKNOWN_TOPIC_ID: ['UnknownTopicIdException', 'again, elsewhere', 'This server does not host this topic ID.'],
  FENCED_MEMBER_EPOCH: ['FencedMemberEpochException', 'never', 'The member epoch is fenced by the group coordinator. The member must abandon all its partitions and rejoin.'],
  UNRELEASED_INSTANCE_ID: ['UnreleasedInstanceIdException', 'never', 'The instance ID is still used by another member in the consumer group. That member must leave first.'],
  UNSUPPORTED_ASSIGNOR: ['UnsupportedAssignorException', 'never', 'The assignor or its version range is not supported by the consumer group.'],
  STALE_MEMBER_EPOCH: ['StaleMemberEpochException', 'never', 'The member epoch is stale. The member must retry after receiving its updated member epoch via the ConsumerGroupHeartbeat API.'],
  TRANSACTION_ABORTABLE: ['TransactionAbortableException', 'never', 'The server encountered an error with the transaction. The client can abort the transaction to continue using this transactional ID.'],
  INVALID_RECORD_STATE: ['InvalidRecordStateException', 'never', 'The record state is invalid. The acknowledgement of delivery could not be completed.'],
  SHARE_SESSION_NOT_FOUND: ['ShareSessionNotFoundException', 'again', 'The share session was not found.'],
  INVALID_SHARE_SESSION_EPOCH: ['InvalidShareSessionEpochException', 'again', 'The share session epoch is invalid.'],
  FENCED_STATE_EPOCH: ['FencedStateEpochException', 'never', 'The share coordinator rejected the request because the share-group state epoch did not match.'],
  INVALID_REGULAR_EXPRESSION: ['InvalidRegularExpression', 'never', 'The regular expression is not valid.'],
  SHARE_SESSION_LIMIT_REACHED: ['ShareSessionLimitReachedException', 'again', 'The limit of share sessions has been reached.'],
};
