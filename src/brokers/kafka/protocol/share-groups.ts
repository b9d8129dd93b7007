/** Share groups (KIP-932). Topics go by name, where the real messages have their ids. */
import type { ErrorCode, Request, Response } from './common';
import type { Assignment } from './groups';
import type { StoredBatch } from './log';

/** As ConsumerGroupHeartbeat, without anything to give up: who is assigned a partition is not alone with it. */
export interface ShareGroupHeartbeatRequest extends Request {
  readonly type: 'ShareGroupHeartbeatRequest';
  readonly groupId: string;
  readonly memberId: string;
  /** 0 joins, −1 leaves. */
  readonly memberEpoch: number;
  readonly subscribedTopicNames: readonly string[] | null;
}

export interface ShareGroupHeartbeatResponse extends Response {
  readonly type: 'ShareGroupHeartbeatResponse';
  readonly errorCode: ErrorCode;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  readonly assignment: Assignment | null;
}

/** What became of records: offsets from first to last, one type for all or one for each (acknowledgeTypes). */
export interface AcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** 0 gap, 1 accept, 2 release, 3 reject, 4 renew. */
  readonly acknowledgeTypes: readonly number[];
}

export interface ShareFetchRequest extends Request {
  readonly type: 'ShareFetchRequest';
  readonly groupId: string;
  readonly memberId: string;
  /** 0 opens a session, −1 ends it; else one more than in the request before. */
  readonly shareSessionEpoch: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** Records that may be acquired; a batch is acquired whole (mode 0) or cut at the limit (mode 1). */
  readonly maxRecords: number;
  readonly shareAcquireMode: 0 | 1;
  readonly isRenewAck: boolean;
  /** Partitions new to the session, and those with acknowledgements. */
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly acknowledgementBatches: readonly AcknowledgementBatch[];
    }[];
  }[];
  readonly forgottenTopics: readonly { readonly topic: string; readonly partitions: readonly number[] }[];
}

export interface AcquiredRecords {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}

export interface ShareFetchResponse extends Response {
  readonly type: 'ShareFetchResponse';
  readonly errorCode: ErrorCode;
  readonly acquisitionLockTimeoutMs: number;
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly errorCode: ErrorCode;
      /** Of the acknowledgements that came with the request. */
      readonly acknowledgeErrorCode: ErrorCode;
      readonly batches: readonly StoredBatch[];
      /** Of what is in the batches only this is the member's. */
      readonly acquiredRecords: readonly AcquiredRecords[];
    }[];
  }[];
}

export interface ShareAcknowledgeRequest extends Request {
  readonly type: 'ShareAcknowledgeRequest';
  readonly groupId: string;
  readonly memberId: string;
  readonly shareSessionEpoch: number;
  readonly isRenewAck: boolean;
  readonly topics: ShareFetchRequest['topics'];
}

export interface ShareAcknowledgeResponse extends Response {
  readonly type: 'ShareAcknowledgeResponse';
  readonly errorCode: ErrorCode;
  readonly acquisitionLockTimeoutMs: number;
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: ErrorCode }[];
  }[];
}

export interface ShareGroupDescribeRequest extends Request {
  readonly type: 'ShareGroupDescribeRequest';
  readonly groupIds: readonly string[];
}

export interface ShareGroupDescribeResponse extends Response {
  readonly type: 'ShareGroupDescribeResponse';
  readonly groups: readonly {
    readonly errorCode: ErrorCode;
    readonly groupId: string;
    readonly groupState: string;
    readonly groupEpoch: number;
    readonly assignmentEpoch: number;
    readonly assignorName: string;
    readonly members: readonly {
      readonly memberId: string;
      readonly memberEpoch: number;
      readonly clientId: string;
      readonly clientHost: string;
      readonly subscribedTopicNames: readonly string[];
      readonly assignment: Assignment;
    }[];
  }[];
}

/** Where share groups begin. Without topics: of all they have. */
export interface DescribeShareGroupOffsetsRequest extends Request {
  readonly type: 'DescribeShareGroupOffsetsRequest';
  readonly groups: readonly {
    readonly groupId: string;
    readonly topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[] | null;
  }[];
}

export interface DescribeShareGroupOffsetsResponse extends Response {
  readonly type: 'DescribeShareGroupOffsetsResponse';
  readonly groups: readonly {
    readonly groupId: string;
    readonly errorCode: ErrorCode;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly {
        readonly partitionIndex: number;
        /** −1: nobody has read here for the group yet. */
        readonly startOffset: number;
        readonly errorCode: ErrorCode;
      }[];
    }[];
  }[];
}
