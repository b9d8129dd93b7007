/** What every request and response has, and the errors they tell of. */
import type { Tagged } from '../../../kernel/machine';

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
  | 'LEADER_NOT_AVAILABLE'
  | 'NOT_ENOUGH_REPLICAS'
  | 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'
  | 'FENCED_LEADER_EPOCH'
  | 'UNKNOWN_LEADER_EPOCH'
  | 'OFFSET_NOT_AVAILABLE'
  | 'INVALID_REPLICA_ASSIGNMENT'
  | 'DUPLICATE_BROKER_REGISTRATION'
  | 'STALE_BROKER_EPOCH'
  | 'INVALID_UPDATE_VERSION'
  | 'INELIGIBLE_REPLICA'
  | 'COORDINATOR_LOAD_IN_PROGRESS'
  | 'NOT_CONTROLLER'
  | 'INVALID_REQUEST';

export interface Request extends Tagged {
  readonly correlationId: number;
  /** kafkajs's clientId; names the member ids the coordinator makes. */
  readonly clientId: string;
}

export interface Response extends Tagged {
  readonly correlationId: number;
}
