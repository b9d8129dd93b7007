/** The consumer protocol (KIP-848). Topics go by name, where the real messages have their ids. */
import type { ErrorCode, Request, Response } from './common';
import type { Assignment } from './groups';

/** memberEpoch of who joins, also again. */
export const joinEpoch = 0;
/** memberEpoch of who leaves. */
export const leaveEpoch = -1;
/** memberEpoch of a static member that goes and means to come back. */
export const staticLeaveEpoch = -2;

/** Joins, stays, acknowledges an assignment, leaves: all in one. null: not changed since the last one. */
export interface ConsumerGroupHeartbeatRequest extends Request {
  readonly type: 'ConsumerGroupHeartbeatRequest';
  readonly groupId: string;
  /** The client makes it (version 1). */
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId: string | null;
  /** −1: not changed. */
  readonly rebalanceTimeoutMs: number;
  readonly subscribedTopicNames: readonly string[] | null;
  readonly serverAssignor: string | null;
  /** What the member has at the moment; null: as it last said. */
  readonly topicPartitions: Assignment | null;
}

export interface ConsumerGroupHeartbeatResponse extends Response {
  readonly type: 'ConsumerGroupHeartbeatResponse';
  readonly errorCode: ErrorCode;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  /** All it is to have from now on; null: as it was. */
  readonly assignment: Assignment | null;
}

export interface ConsumerGroupDescribeRequest extends Request {
  readonly type: 'ConsumerGroupDescribeRequest';
  readonly groupIds: readonly string[];
}

export interface ConsumerGroupDescribeResponse extends Response {
  readonly type: 'ConsumerGroupDescribeResponse';
  readonly groups: readonly {
    readonly errorCode: ErrorCode;
    readonly groupId: string;
    readonly groupState: string;
    readonly groupEpoch: number;
    readonly assignmentEpoch: number;
    readonly assignorName: string;
    readonly members: readonly {
      readonly memberId: string;
      readonly instanceId: string | null;
      readonly memberEpoch: number;
      readonly clientId: string;
      readonly clientHost: string;
      readonly subscribedTopicNames: readonly string[];
      readonly assignment: Assignment;
      readonly targetAssignment: Assignment;
    }[];
  }[];
}

/** Settings of groups (IncrementalAlterConfigs of GROUP resources, SET only). */
export interface IncrementalAlterConfigsRequest extends Request {
  readonly type: 'IncrementalAlterConfigsRequest';
  readonly groups: readonly {
    readonly groupId: string;
    readonly configs: Readonly<Record<string, string>>;
  }[];
}

export interface IncrementalAlterConfigsResponse extends Response {
  readonly type: 'IncrementalAlterConfigsResponse';
  readonly responses: readonly { readonly groupId: string; readonly errorCode: ErrorCode }[];
}
