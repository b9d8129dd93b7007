/** Coordinators, consumer groups, committed offsets. */
import type { ErrorCode, Request, Response } from './common';

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
  /** In order of preference, each with what its metadata says, decoded. */
  readonly protocols: readonly (Subscription & { readonly name: string })[];
}

/** What a member tells the leader, through the coordinator (ConsumerProtocolSubscription). The coordinator only compares it. */
export interface Subscription {
  readonly topics: readonly string[];
  /** What it has as it joins, and of which generation; absent: the client does not say (before version 1 and 2). */
  readonly ownedPartitions?: Assignment;
  readonly generationId?: number;
  /** Of the sticky assignor: what it was given last; absent: nothing. */
  readonly userData?: { readonly assignment: Assignment; readonly generation: number };
}

export interface JoinGroupResponse extends Response {
  readonly type: 'JoinGroupResponse';
  readonly errorCode: ErrorCode;
  readonly generationId: number;
  readonly protocolName: string;
  readonly leader: string;
  readonly memberId: string;
  /** Filled for the leader only. */
  readonly members: readonly (Subscription & {
    readonly memberId: string;
    /** Absent: a dynamic member. */
    readonly groupInstanceId?: string;
  })[];
  /** A static leader that has come back within its session: everybody keeps what they have. Absent: it deals. */
  readonly skipAssignment?: true;
}

/** What one member is to read: topic → partition numbers. */
export type Assignment = Readonly<Record<string, readonly number[]>>;

export interface SyncGroupRequest extends Request {
  readonly type: 'SyncGroupRequest';
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  /** A static member's name; absent: a dynamic one. */
  readonly groupInstanceId?: string;
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
  readonly groupInstanceId?: string;
}

export interface HeartbeatResponse extends Response {
  readonly type: 'HeartbeatResponse';
  readonly errorCode: ErrorCode;
}

export interface LeaveGroupRequest extends Request {
  readonly type: 'LeaveGroupRequest';
  readonly groupId: string;
  /** '' with a groupInstanceId: an operator removes that static member. */
  readonly memberId: string;
  readonly groupInstanceId?: string;
}

export interface LeaveGroupResponse extends Response {
  readonly type: 'LeaveGroupResponse';
  readonly errorCode: ErrorCode;
}

export interface OffsetCommitRequest extends Request {
  readonly type: 'OffsetCommitRequest';
  readonly groupId: string;
  /** −1 for a commit from outside the group (admin). The member epoch, in a group of the consumer protocol. */
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId?: string;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly committedOffset: number;
      /** What the client wants to find beside the offset; absent: nothing. */
      readonly metadata?: string;
    }[];
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
  /** Of a member of the consumer protocol, whose epoch is checked; absent: nobody's. */
  readonly member?: { readonly memberId: string; readonly memberEpoch: number };
  /** Offsets of open transactions are to be waited for: UNSTABLE_OFFSET_COMMIT (KIP-447); absent: they are not. */
  readonly requireStable?: boolean;
  /** null: of everything that the group has committed. */
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null;
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
      /** Absent: none. */
      readonly metadata?: string;
      readonly errorCode: ErrorCode;
    }[];
  }[];
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
      /** Absent: a dynamic member. */
      readonly groupInstanceId?: string;
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
  readonly groups: readonly {
    readonly groupId: string;
    readonly protocolType: string;
    /** Absent: classic. */
    readonly groupType?: 'consumer' | 'share';
  }[];
}

export interface DeleteGroupsRequest extends Request {
  readonly type: 'DeleteGroupsRequest';
  readonly groupsNames: readonly string[];
}

export interface DeleteGroupsResponse extends Response {
  readonly type: 'DeleteGroupsResponse';
  readonly results: readonly { readonly groupId: string; readonly errorCode: ErrorCode }[];
}
