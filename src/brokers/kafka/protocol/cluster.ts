/**
 * What nodes of a cluster say to each other and to the controller (RegisterBroker, BrokerHeartbeat, AlterPartition,
 * WriteTxnMarkers, Envelope). Followers fetch with the same FetchRequest as consumers, under their node id.
 */
import type { ErrorCode, Request, Response } from './common';
import type { OptionValues } from '../options';

/** Who holds a partition, and who leads it, as the controller has decided. Immutable. */
export interface PartitionImage {
  /** Preferred leader first. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Replicas that have all that was committed and left the ISR when it fell below the minimum (KIP-966). */
  readonly elr: readonly number[];
  /** Who led last, while nobody can; else null (KIP-966). */
  readonly lastLeader: number | null;
  /** −1: nobody leads. */
  readonly leader: number;
  /** One more for every change of the leader. */
  readonly leaderEpoch: number;
  /** One more for every change. */
  readonly partitionEpoch: number;
}

export interface TopicImage {
  readonly name: string;
  /** Version of the metadata in which it was made: one that is deleted and made again is another. Absent: from the beginning. */
  readonly since?: number;
  readonly configs: OptionValues;
  readonly partitions: readonly PartitionImage[];
}

/** The cluster's metadata at one point of its log. Immutable; every node holds one, some hold an older one. */
export interface ClusterImage {
  /** Offset in the metadata log. */
  readonly version: number;
  readonly nodes: readonly NodeImage[];
  /** By name, in the order of creation. */
  readonly topics: ReadonlyMap<string, TopicImage>;
  /** Settings of groups that have some, by group id; absent: none has. */
  readonly groupConfigs?: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export interface NodeImage {
  readonly nodeId: number;
  readonly host: string;
  /** Not to be used: it is silent, or has not caught up yet. */
  readonly isFenced: boolean;
  /** Of its registration: one more for every start. */
  readonly brokerEpoch: number;
}

/** A node that has started wants to take part. */
export interface BrokerRegistrationRequest extends Request {
  readonly type: 'BrokerRegistrationRequest';
  readonly brokerId: number;
  /** A new one for every start of the process. */
  readonly incarnation: number;
}

export interface BrokerRegistrationResponse extends Response {
  readonly type: 'BrokerRegistrationResponse';
  readonly errorCode: ErrorCode;
  readonly brokerEpoch: number;
}

export interface BrokerHeartbeatRequest extends Request {
  readonly type: 'BrokerHeartbeatRequest';
  readonly brokerId: number;
  readonly brokerEpoch: number;
  /** How far it has read the metadata log. */
  readonly currentMetadataOffset: number;
}

export interface BrokerHeartbeatResponse extends Response {
  readonly type: 'BrokerHeartbeatResponse';
  readonly errorCode: ErrorCode;
  readonly isFenced: boolean;
}

/** A leader wants another ISR. */
export interface AlterPartitionRequest extends Request {
  readonly type: 'AlterPartitionRequest';
  readonly brokerId: number;
  readonly topic: string;
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly newIsr: readonly number[];
}

export interface AlterPartitionResponse extends Response {
  readonly type: 'AlterPartitionResponse';
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: ErrorCode;
}

/** New metadata. A real node fetches the metadata log; here the controller sends what is new to whoever is registered. */
export interface MetadataPublished {
  readonly type: 'MetadataPublished';
  readonly image: ClusterImage;
}

/** The end of a transaction, for the partitions of one leader and the groups of one coordinator. */
export interface WriteTxnMarkersRequest extends Request {
  readonly type: 'WriteTxnMarkersRequest';
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly isCommit: boolean;
  readonly partitions: readonly { readonly topic: string; readonly index: number }[];
  readonly groups: readonly string[];
}

export interface WriteTxnMarkersResponse extends Response {
  readonly type: 'WriteTxnMarkersResponse';
  /** Who answers. */
  readonly nodeId: number;
  readonly transactionalId: string;
  readonly producerEpoch: number;
  /** What has its marker; what is missing is asked for again. */
  readonly partitions: readonly { readonly topic: string; readonly index: number }[];
  readonly groups: readonly string[];
}

/** A client's request that only the controller can carry out, handed on by the node that was asked (KIP-590). */
export interface EnvelopeRequest extends Request {
  readonly type: 'EnvelopeRequest';
  readonly request: Request;
}

export interface EnvelopeResponse extends Response {
  readonly type: 'EnvelopeResponse';
  readonly response: Response;
}

export type ControllerRequest =
  BrokerRegistrationRequest | BrokerHeartbeatRequest | AlterPartitionRequest | EnvelopeRequest;
export type ControllerResponse =
  BrokerRegistrationResponse | BrokerHeartbeatResponse | AlterPartitionResponse | EnvelopeResponse;
