/**
 * Kafka's requests and responses, as far as this model answers them, with the field names of the protocol's
 * message definitions (clients/src/main/resources/common/message in apache/kafka). Left out: everything that
 * only saves bytes or versions (compression, tagged fields, API versions, throttle time). Bytes are not
 * encoded; a record refers to its body by MessageId.
 */
import type {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
  EndTxnRequest,
  EndTxnResponse,
  InitProducerIdRequest,
  InitProducerIdResponse,
  TxnOffsetCommitRequest,
  TxnOffsetCommitResponse,
} from './protocol/transactions';
import type {
  AlterConfigsRequest,
  AlterConfigsResponse,
  DescribeConfigsRequest,
  DescribeConfigsResponse,
  CreatePartitionsRequest,
  CreatePartitionsResponse,
  CreateTopicsRequest,
  CreateTopicsResponse,
  DeleteRecordsRequest,
  DeleteRecordsResponse,
  DeleteTopicsRequest,
  DeleteTopicsResponse,
  MetadataRequest,
  MetadataResponse,
} from './protocol/admin';
import type {
  DeleteGroupsRequest,
  DeleteGroupsResponse,
  DescribeGroupsRequest,
  DescribeGroupsResponse,
  FindCoordinatorRequest,
  FindCoordinatorResponse,
  HeartbeatRequest,
  HeartbeatResponse,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  LeaveGroupResponse,
  ListGroupsRequest,
  ListGroupsResponse,
  OffsetCommitRequest,
  OffsetCommitResponse,
  OffsetFetchRequest,
  OffsetFetchResponse,
  SyncGroupRequest,
  SyncGroupResponse,
} from './protocol/groups';
import type {
  ConsumerGroupDescribeRequest,
  ConsumerGroupDescribeResponse,
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from './protocol/consumer-groups';
import type {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
  ShareFetchRequest,
  ShareFetchResponse,
  ShareGroupDescribeRequest,
  ShareGroupDescribeResponse,
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from './protocol/share-groups';
import type {
  FetchRequest,
  FetchResponse,
  ListOffsetsRequest,
  ListOffsetsResponse,
  ProduceRequest,
  ProduceResponse,
} from './protocol/log';

export type * from './protocol/common';
export type * from './protocol/log';
export type * from './protocol/groups';
export type * from './protocol/admin';
export type * from './protocol/transactions';
export type * from './protocol/consumer-groups';
export type * from './protocol/share-groups';
import type { WriteTxnMarkersRequest, WriteTxnMarkersResponse } from './protocol/cluster';

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
  | DescribeConfigsRequest
  | AlterConfigsRequest
  | CreatePartitionsRequest
  | DescribeGroupsRequest
  | ListGroupsRequest
  | DeleteGroupsRequest
  | InitProducerIdRequest
  | AddPartitionsToTxnRequest
  | AddOffsetsToTxnRequest
  | TxnOffsetCommitRequest
  | EndTxnRequest
  | WriteTxnMarkersRequest
  | ConsumerGroupHeartbeatRequest
  | ConsumerGroupDescribeRequest
  | IncrementalAlterConfigsRequest
  | ShareGroupHeartbeatRequest
  | ShareGroupDescribeRequest
  | ShareFetchRequest
  | ShareAcknowledgeRequest
  | DescribeShareGroupOffsetsRequest;

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
  | DescribeConfigsResponse
  | AlterConfigsResponse
  | CreatePartitionsResponse
  | DescribeGroupsResponse
  | ListGroupsResponse
  | DeleteGroupsResponse
  | InitProducerIdResponse
  | AddPartitionsToTxnResponse
  | AddOffsetsToTxnResponse
  | TxnOffsetCommitResponse
  | EndTxnResponse
  | WriteTxnMarkersResponse
  | ConsumerGroupHeartbeatResponse
  | ConsumerGroupDescribeResponse
  | IncrementalAlterConfigsResponse
  | ShareGroupHeartbeatResponse
  | ShareGroupDescribeResponse
  | ShareFetchResponse
  | ShareAcknowledgeResponse
  | DescribeShareGroupOffsetsResponse;
