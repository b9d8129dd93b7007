/** Metadata, topics, partitions, records that must go. */
import type { ErrorCode, Request, Response } from './common';

export interface MetadataRequest extends Request {
  readonly type: 'MetadataRequest';
  /** null: all topics. */
  readonly topics: readonly string[] | null;
  readonly allowAutoTopicCreation: boolean;
}

export interface MetadataResponse extends Response {
  readonly type: 'MetadataResponse';
  /** Name of the cluster: the first part of its partitions' addresses. Absent: the only node's. */
  readonly clusterId?: string;
  readonly brokers: readonly { readonly nodeId: number; readonly host: string }[];
  readonly controllerId: number;
  readonly topics: readonly {
    readonly errorCode: ErrorCode;
    readonly name: string;
    readonly partitions: readonly {
      /** LEADER_NOT_AVAILABLE while nobody leads; absent: NONE. */
      readonly errorCode?: ErrorCode;
      readonly partitionIndex: number;
      readonly leaderId: number;
      readonly leaderEpoch: number;
      readonly replicaNodes: readonly number[];
      readonly isrNodes: readonly number[];
      /** Replicas on nodes that are down; absent: none can be. */
      readonly offlineReplicas?: readonly number[];
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
    /** Nodes of each partition, in order; then there is no number of partitions and no factor. Absent: the controller chooses. */
    readonly assignments?: readonly {
      readonly partitionIndex: number;
      readonly brokerIds: readonly number[];
    }[];
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
  /** How long the leader waits for the other replicas; absent: until they have done it. */
  readonly timeoutMs?: number;
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

/** A topic's settings. Broker settings are not asked for here. */
export interface DescribeConfigsRequest extends Request {
  readonly type: 'DescribeConfigsRequest';
  /** configNames null: all of them. */
  readonly topics: readonly { readonly name: string; readonly configNames: readonly string[] | null }[];
}
export interface DescribeConfigsResponse extends Response {
  readonly type: 'DescribeConfigsResponse';
  readonly results: readonly {
    readonly name: string;
    readonly errorCode: ErrorCode;
    readonly configs: readonly {
      readonly name: string;
      readonly value: string;
      readonly isDefault: boolean;
    }[];
  }[];
}

/** What is not named goes back to its default. */
export interface AlterConfigsRequest extends Request {
  readonly type: 'AlterConfigsRequest';
  readonly topics: readonly { readonly name: string; readonly configs: Readonly<Record<string, string>> }[];
  readonly validateOnly: boolean;
}
export interface AlterConfigsResponse extends Response {
  readonly type: 'AlterConfigsResponse';
  readonly results: readonly { readonly name: string; readonly errorCode: ErrorCode }[];
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
  readonly topics: readonly {
    readonly name: string;
    readonly count: number;
    /** Nodes of each new partition, in order; absent: the controller chooses. */
    readonly assignments?: readonly (readonly number[])[];
  }[];
  /** Only says what would be answered. */
  readonly validateOnly?: true;
}

export interface CreatePartitionsResponse extends Response {
  readonly type: 'CreatePartitionsResponse';
  readonly results: readonly { readonly name: string; readonly errorCode: ErrorCode }[];
}
