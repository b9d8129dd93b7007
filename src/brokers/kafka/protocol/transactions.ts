/** Producer ids and transactions. */
import type { ErrorCode, Request, Response } from './common';
import type { OffsetCommitRequest, OffsetCommitResponse } from './groups';

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
  /** Whose offsets they are, to be checked (KIP-447); absent: an older client does not say. */
  readonly member?: {
    readonly generationId: number;
    readonly memberId: string;
    readonly groupInstanceId: string | null;
  };
  /** From version 5 on: the group is added to the transaction with it (KIP-890). Absent: it was before. */
  readonly addsGroup?: true;
  readonly topics: OffsetCommitRequest['topics'];
}

export interface TxnOffsetCommitResponse extends Response {
  readonly type: 'TxnOffsetCommitResponse';
  readonly topics: OffsetCommitResponse['topics'];
}

export interface EndTxnRequest extends TxnRequest {
  readonly type: 'EndTxnRequest';
  readonly committed: boolean;
  /** From version 5 on: the end takes the producer to its next epoch (KIP-890). Absent: the epoch stays. */
  readonly bumpsEpoch?: true;
}

export interface EndTxnResponse extends Response {
  readonly type: 'EndTxnResponse';
  readonly errorCode: ErrorCode;
  /** What the producer goes on with, where the request asked for the next epoch. */
  readonly producerId?: number;
  readonly producerEpoch?: number;
}
