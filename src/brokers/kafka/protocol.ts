/**
 * Kafka's requests and responses, as far as this model answers them, with the field names of the protocol's
 * message definitions (clients/src/main/resources/common/message in apache/kafka). Left out: everything that
 * only saves bytes or versions (compression, tagged fields, API versions, throttle time). Bytes are not
 * encoded; a record refers to its body by MessageId.
 */
import type { FactId } from '../../kernel/fact';
import type { MessageId } from '../../kernel/bodies';
import type { Tagged } from '../../kernel/machine';
import type { Time } from '../../kernel/time';

/** Error codes by the protocol's names (org.apache.kafka.common.protocol.Errors). */
export type ErrorCode =
  | 'NONE'
  | 'OFFSET_OUT_OF_RANGE'
  | 'UNKNOWN_TOPIC_OR_PARTITION'
  | 'NOT_LEADER_OR_FOLLOWER'
  | 'REQUEST_TIMED_OUT'
  | 'MESSAGE_TOO_LARGE'
  | 'COORDINATOR_NOT_AVAILABLE'
  | 'NOT_COORDINATOR'
  | 'INVALID_TOPIC_EXCEPTION'
  | 'ILLEGAL_GENERATION'
  | 'INCONSISTENT_GROUP_PROTOCOL'
  | 'UNKNOWN_MEMBER_ID'
  | 'INVALID_SESSION_TIMEOUT'
  | 'REBALANCE_IN_PROGRESS'
  | 'INVALID_TIMESTAMP'
  | 'INVALID_REQUIRED_ACKS'
  | 'TOPIC_ALREADY_EXISTS'
  | 'INVALID_PARTITIONS'
  | 'INVALID_RECORD'
  | 'MEMBER_ID_REQUIRED'
  | 'NON_EMPTY_GROUP'
  | 'GROUP_ID_NOT_FOUND'
  | 'INVALID_GROUP_ID'
  | 'GROUP_MAX_SIZE_REACHED'
  | 'RECORD_LIST_TOO_LARGE'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'INVALID_PRODUCER_EPOCH'
  | 'INVALID_TXN_STATE'
  | 'INVALID_PRODUCER_ID_MAPPING'
  | 'INVALID_TRANSACTION_TIMEOUT'
  | 'CONCURRENT_TRANSACTIONS'
  | 'OPERATION_NOT_ATTEMPTED'
  | 'INVALID_REPLICATION_FACTOR'
  | 'INVALID_CONFIG'
  | 'INVALID_REQUEST';

/** One record as produced. Immutable; shared by producer, log and consumers. `value` null is a tombstone. */
export interface ProducedRecord {
  readonly message: MessageId;
  readonly key: string | null;
  readonly timestamp: Time;
  readonly sizeBytes: number;
  /** The published fact. */
  readonly cause: FactId;
}

/** Records that are appended together. The header fields of the real batch that the core needs. */
export interface RecordBatch {
  readonly records: readonly ProducedRecord[];
  /** −1 without idempotence, as on the wire. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  /** Part of a transaction; absent: not. */
  readonly isTransactional?: true;
}

/** A batch as it lies in the log. Record i has offset `baseOffset + i` and was accepted in fact `firstFact + i`. */
export interface StoredBatch extends RecordBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly maxTimestamp: Time;
  readonly appendTime: Time;
  readonly sizeBytes: number;
  readonly firstFact: FactId;
  /** A control batch: no records, one offset, the end of a transaction. */
  readonly control?: 'commit' | 'abort';
}

interface Request extends Tagged {
  readonly correlationId: number;
  /** kafkajs's clientId; names the member ids the coordinator makes. */
  readonly clientId: string;
}
interface Response extends Tagged {
  readonly correlationId: number;
}

export interface MetadataRequest extends Request {
  readonly type: 'MetadataRequest';
  /** null: all topics. */
  readonly topics: readonly string[] | null;
  readonly allowAutoTopicCreation: boolean;
}
export interface MetadataResponse extends Response {
  readonly type: 'MetadataResponse';
  readonly brokers: readonly { readonly nodeId: number; readonly host: string }[];
  readonly controllerId: number;
  readonly topics: readonly {
    readonly errorCode: ErrorCode;
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly leaderId: number;
      readonly leaderEpoch: number;
      readonly replicaNodes: readonly number[];
      readonly isrNodes: readonly number[];
    }[];
  }[];
}

export interface ProduceRequest extends Request {
  readonly type: 'ProduceRequest';
  /** 0: no response; 1: leader; −1: all in-sync replicas. */
  readonly acks: 0 | 1 | -1;
  readonly timeoutMs: number;
  readonly transactionalId: string | null;
  readonly topicData: readonly {
    readonly name: string;
    readonly partitionData: readonly { readonly index: number; readonly records: RecordBatch }[];
  }[];
}
export interface ProduceResponse extends Response {
  readonly type: 'ProduceResponse';
  readonly responses: readonly {
    readonly name: string;
    readonly partitionResponses: readonly {
      readonly index: number;
      readonly errorCode: ErrorCode;
      readonly baseOffset: number;
      readonly logAppendTimeMs: number;
      readonly logStartOffset: number;
      readonly firstFact: FactId;
    }[];
  }[];
}

export interface FetchRequest extends Request {
  readonly type: 'FetchRequest';
  readonly replicaId: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** 0 read_uncommitted, 1 read_committed. */
  readonly isolationLevel: 0 | 1;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly fetchOffset: number;
      readonly partitionMaxBytes: number;
      readonly currentLeaderEpoch: number;
    }[];
  }[];
  /** On whose behalf, for history only: a real fetch does not name its group. */
  readonly groupId: string;
}
export interface FetchedPartition {
  readonly partition: number;
  readonly errorCode: ErrorCode;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  /** Whole batches: the first may begin before fetchOffset, as in Kafka; the client skips those records. */
  readonly batches: readonly StoredBatch[];
  /** Only where committed records were asked for, and only when there are any. */
  readonly abortedTransactions?: readonly { readonly producerId: number; readonly firstOffset: number }[];
}
export interface FetchResponse extends Response {
  readonly type: 'FetchResponse';
  readonly responses: readonly { readonly topic: string; readonly partitions: readonly FetchedPartition[] }[];
}

export interface ListOffsetsRequest extends Request {
  readonly type: 'ListOffsetsRequest';
  readonly isolationLevel: 0 | 1;
  /** timestamp −1: latest; −2: earliest; else milliseconds since the start of the run. */
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly timestamp: number }[];
  }[];
}
export interface ListOffsetsResponse extends Response {
  readonly type: 'ListOffsetsResponse';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly errorCode: ErrorCode;
      readonly timestamp: number;
      readonly offset: number;
    }[];
  }[];
}

export interface FindCoordinatorRequest extends Request {
  readonly type: 'FindCoordinatorRequest';
  readonly key: string;
  /** 0 group, 1 transaction. */
  readonly keyType: 0 | 1;
}
export interface FindCoordinatorResponse extends Response {
  readonly type: 'FindCoordinatorResponse';
  readonly errorCode: ErrorCode;
  readonly nodeId: number;
  readonly host: string;
}

export interface JoinGroupRequest extends Request {
  readonly type: 'JoinGroupRequest';
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** '' on the first attempt: answered MEMBER_ID_REQUIRED with an id (KIP-394). */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: 'consumer';
  /** In order of preference. `topics` is the decoded subscription of that protocol's metadata. */
  readonly protocols: readonly { readonly name: string; readonly topics: readonly string[] }[];
}
export interface JoinGroupResponse extends Response {
  readonly type: 'JoinGroupResponse';
  readonly errorCode: ErrorCode;
  readonly generationId: number;
  readonly protocolName: string;
  readonly leader: string;
  readonly memberId: string;
  /** Filled for the leader only. */
  readonly members: readonly { readonly memberId: string; readonly topics: readonly string[] }[];
}

/** What one member is to read: topic → partition numbers. */
export type Assignment = Readonly<Record<string, readonly number[]>>;

export interface SyncGroupRequest extends Request {
  readonly type: 'SyncGroupRequest';
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  /** From the leader; empty from followers. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Assignment }[];
}
export interface SyncGroupResponse extends Response {
  readonly type: 'SyncGroupResponse';
  readonly errorCode: ErrorCode;
  readonly assignment: Assignment;
}

export interface HeartbeatRequest extends Request {
  readonly type: 'HeartbeatRequest';
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
}
export interface HeartbeatResponse extends Response {
  readonly type: 'HeartbeatResponse';
  readonly errorCode: ErrorCode;
}

export interface LeaveGroupRequest extends Request {
  readonly type: 'LeaveGroupRequest';
  readonly groupId: string;
  readonly memberId: string;
}
export interface LeaveGroupResponse extends Response {
  readonly type: 'LeaveGroupResponse';
  readonly errorCode: ErrorCode;
}

export interface OffsetCommitRequest extends Request {
  readonly type: 'OffsetCommitRequest';
  readonly groupId: string;
  /** −1 for a commit from outside the group (admin). */
  readonly generationId: number;
  readonly memberId: string;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly committedOffset: number }[];
  }[];
}
export interface OffsetCommitResponse extends Response {
  readonly type: 'OffsetCommitResponse';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: ErrorCode }[];
  }[];
}

export interface OffsetFetchRequest extends Request {
  readonly type: 'OffsetFetchRequest';
  readonly groupId: string;
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[];
}
export interface OffsetFetchResponse extends Response {
  readonly type: 'OffsetFetchResponse';
  readonly errorCode: ErrorCode;
  /** committedOffset −1: none. */
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly committedOffset: number;
      readonly errorCode: ErrorCode;
    }[];
  }[];
}

export interface CreateTopicsRequest extends Request {
  readonly type: 'CreateTopicsRequest';
  readonly topics: readonly {
    readonly name: string;
    readonly numPartitions: number;
    readonly replicationFactor: number;
    readonly configs: Readonly<Record<string, number | string>>;
  }[];
}
export interface CreateTopicsResponse extends Response {
  readonly type: 'CreateTopicsResponse';
  readonly topics: readonly { readonly name: string; readonly errorCode: ErrorCode }[];
}

export interface DeleteRecordsRequest extends Request {
  readonly type: 'DeleteRecordsRequest';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly offset: number }[];
  }[];
}
export interface DeleteRecordsResponse extends Response {
  readonly type: 'DeleteRecordsResponse';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly lowWatermark: number;
      readonly errorCode: ErrorCode;
    }[];
  }[];
}

export interface InitProducerIdRequest extends Request {
  readonly type: 'InitProducerIdRequest';
  /** null: only idempotence. */
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
}
export interface InitProducerIdResponse extends Response {
  readonly type: 'InitProducerIdResponse';
  readonly errorCode: ErrorCode;
  readonly producerId: number;
  readonly producerEpoch: number;
}

interface TxnRequest extends Request {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface AddPartitionsToTxnRequest extends TxnRequest {
  readonly type: 'AddPartitionsToTxnRequest';
  readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[];
}
export interface AddPartitionsToTxnResponse extends Response {
  readonly type: 'AddPartitionsToTxnResponse';
  readonly results: readonly {
    readonly name: string;
    readonly results: readonly { readonly partitionIndex: number; readonly errorCode: ErrorCode }[];
  }[];
}

export interface AddOffsetsToTxnRequest extends TxnRequest {
  readonly type: 'AddOffsetsToTxnRequest';
  readonly groupId: string;
}
export interface AddOffsetsToTxnResponse extends Response {
  readonly type: 'AddOffsetsToTxnResponse';
  readonly errorCode: ErrorCode;
}

export interface TxnOffsetCommitRequest extends TxnRequest {
  readonly type: 'TxnOffsetCommitRequest';
  readonly groupId: string;
  readonly topics: OffsetCommitRequest['topics'];
}
export interface TxnOffsetCommitResponse extends Response {
  readonly type: 'TxnOffsetCommitResponse';
  readonly topics: OffsetCommitResponse['topics'];
}

export interface EndTxnRequest extends TxnRequest {
  readonly type: 'EndTxnRequest';
  readonly committed: boolean;
}
export interface EndTxnResponse extends Response {
  readonly type: 'EndTxnResponse';
  readonly errorCode: ErrorCode;
}

export interface DeleteTopicsRequest extends Request {
  readonly type: 'DeleteTopicsRequest';
  readonly topicNames: readonly string[];
}
export interface DeleteTopicsResponse extends Response {
  readonly type: 'DeleteTopicsResponse';
  readonly responses: readonly { readonly name: string; readonly errorCode: ErrorCode }[];
}

export interface CreatePartitionsRequest extends Request {
  readonly type: 'CreatePartitionsRequest';
  /** count: how many there are to be in all. */
  readonly topics: readonly { readonly name: string; readonly count: number }[];
}
export interface CreatePartitionsResponse extends Response {
  readonly type: 'CreatePartitionsResponse';
  readonly results: readonly { readonly name: string; readonly errorCode: ErrorCode }[];
}

export interface DescribeGroupsRequest extends Request {
  readonly type: 'DescribeGroupsRequest';
  readonly groups: readonly string[];
}
export interface DescribeGroupsResponse extends Response {
  readonly type: 'DescribeGroupsResponse';
  readonly groups: readonly {
    readonly errorCode: ErrorCode;
    readonly groupId: string;
    /** 'Dead' when there is none of this name. */
    readonly groupState: string;
    readonly protocolType: string;
    readonly protocolData: string;
    readonly members: readonly {
      readonly memberId: string;
      readonly clientId: string;
      readonly clientHost: string;
      readonly topics: readonly string[];
      readonly assignment: Assignment;
    }[];
  }[];
}

export interface ListGroupsRequest extends Request {
  readonly type: 'ListGroupsRequest';
}
export interface ListGroupsResponse extends Response {
  readonly type: 'ListGroupsResponse';
  readonly groups: readonly { readonly groupId: string; readonly protocolType: string }[];
}

export interface DeleteGroupsRequest extends Request {
  readonly type: 'DeleteGroupsRequest';
  readonly groupsNames: readonly string[];
}
export interface DeleteGroupsResponse extends Response {
  readonly type: 'DeleteGroupsResponse';
  readonly results: readonly { readonly groupId: string; readonly errorCode: ErrorCode }[];
}

export type KafkaRequest =
  | MetadataRequest
  | ProduceRequest
  | FetchRequest
  | ListOffsetsRequest
  | FindCoordinatorRequest
  | JoinGroupRequest
  | SyncGroupRequest
  | HeartbeatRequest
  | LeaveGroupRequest
  | OffsetCommitRequest
  | OffsetFetchRequest
  | CreateTopicsRequest
  | DeleteRecordsRequest
  | DeleteTopicsRequest
  | CreatePartitionsRequest
  | DescribeGroupsRequest
  | ListGroupsRequest
  | DeleteGroupsRequest
  | InitProducerIdRequest
  | AddPartitionsToTxnRequest
  | AddOffsetsToTxnRequest
  | TxnOffsetCommitRequest
  | EndTxnRequest;

export type KafkaResponse =
  | MetadataResponse
  | ProduceResponse
  | FetchResponse
  | ListOffsetsResponse
  | FindCoordinatorResponse
  | JoinGroupResponse
  | SyncGroupResponse
  | HeartbeatResponse
  | LeaveGroupResponse
  | OffsetCommitResponse
  | OffsetFetchResponse
  | CreateTopicsResponse
  | DeleteRecordsResponse
  | DeleteTopicsResponse
  | CreatePartitionsResponse
  | DescribeGroupsResponse
  | ListGroupsResponse
  | DeleteGroupsResponse
  | InitProducerIdResponse
  | AddPartitionsToTxnResponse
  | AddOffsetsToTxnResponse
  | TxnOffsetCommitResponse
  | EndTxnResponse;
