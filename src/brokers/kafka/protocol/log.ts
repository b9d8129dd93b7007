/** Records and batches; producing, fetching, the ends of a log. */
import type { FactId } from '../../../kernel/fact';
import type { MessageId } from '../../../kernel/bodies';
import type { Time } from '../../../kernel/time';
import type { ErrorCode, Request, Response } from './common';

/** One record as produced. Immutable; shared by producer, log and consumers. */
export interface ProducedRecord {
  readonly message: MessageId;
  readonly key: string | null;
  readonly timestamp: Time;
  readonly sizeBytes: number;
  /** Its value is null: it deletes its key from a compacted log. Absent: it has a value. */
  readonly isTombstone?: true;
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

/** A batch as it lies in the log. Record i has offset `offsetIn(batch, i)` (records.ts) and was accepted in the fact that far from `firstFact`. */
export interface StoredBatch extends RecordBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly maxTimestamp: Time;
  readonly appendTime: Time;
  readonly sizeBytes: number;
  readonly firstFact: FactId;
  /** Epoch of the leader that appended it; absent: there is one node. */
  readonly leaderEpoch?: number;
  /** What a coordinator has written in a topic of its own: no records, one offset. */
  readonly entry?: CoordinatorEntry;
  /** A control batch: no records, one offset, the end of a transaction. */
  readonly control?: 'commit' | 'abort';
  /** Compaction has left these of its records, counted from `baseOffset`; absent: all of them. */
  readonly kept?: readonly number[];
  /** Its tombstones may go from then on; absent: it has none, or was not cleaned yet. */
  readonly deleteHorizon?: Time;
}

/** A change of what a coordinator keeps: which kind, of whom; the rest is the coordinator's (cluster/journal.ts). */
export interface CoordinatorEntry {
  readonly is: string;
  readonly id: string;
}

export interface ProduceRequest extends Request {
  readonly type: 'ProduceRequest';
  /** 0: no response; 1: leader; −1: all in-sync replicas. */
  readonly acks: 0 | 1 | -1;
  readonly timeoutMs: number;
  readonly transactionalId: string | null;
  /** From version 12 on: partitions are added to the transaction as they are written to (KIP-890). Absent: they were before. */
  readonly addsPartitions?: true;
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
      /** From a follower: epoch of its last record, −1 without one. */
      readonly lastFetchedEpoch?: number;
      /** From a follower: where its log starts. */
      readonly logStartOffset?: number;
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
  /** To a follower whose log has gone another way: the last epoch in which both agree, and its end at the leader. */
  readonly divergingEpoch?: { readonly epoch: number; readonly endOffset: number };
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
