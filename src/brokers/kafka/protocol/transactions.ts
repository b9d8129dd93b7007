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
