/** Publishing, confirming, consuming and settling; transactions of a channel. */
import type { FactId } from '../../../kernel/fact';
import type { Content, FieldTable, Method } from './common';

export interface BasicPublish extends Method, Content {
  readonly type: 'BasicPublish';
  /** '': the default exchange. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly mandatory: boolean;
  readonly immediate: boolean;
}
/** An unroutable mandatory message comes back. */
export interface BasicReturn extends Method, Content {
  readonly type: 'BasicReturn';
  readonly replyCode: number;
  readonly replyText: string;
  readonly exchange: string;
  readonly routingKey: string;
}

export interface ConfirmSelect extends Method {
  readonly type: 'ConfirmSelect';
}
export interface ConfirmSelectOk extends Method {
  readonly type: 'ConfirmSelectOk';
}

export interface BasicQos extends Method {
  readonly type: 'BasicQos';
  /** Messages; 0: no limit. */
  readonly prefetchCount: number;
  /** Shared by the channel's consumers. */
  readonly global: boolean;
}
export interface BasicQosOk extends Method {
  readonly type: 'BasicQosOk';
}

export interface BasicConsume extends Method {
  readonly type: 'BasicConsume';
  readonly queue: string;
  /** '': the server makes one. */
  readonly consumerTag: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly arguments: FieldTable;
}
export interface BasicConsumeOk extends Method {
  readonly type: 'BasicConsumeOk';
  readonly consumerTag: string;
}
/** From a client; from the server when a consumer's queue is gone. */
export interface BasicCancel extends Method {
  readonly type: 'BasicCancel';
  readonly consumerTag: string;
}
export interface BasicCancelOk extends Method {
  readonly type: 'BasicCancelOk';
  readonly consumerTag: string;
}

export interface BasicDeliver extends Method, Content {
  readonly type: 'BasicDeliver';
  readonly consumerTag: string;
  /** Per channel, from 1. */
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  /** Of the original publish. */
  readonly exchange: string;
  readonly routingKey: string;
  /** Address of the queue it came from: what the stage and facts call its source. Not on the wire. */
  readonly source: string;
  /** The delivered fact. Not on the wire. */
  readonly delivered: FactId;
}
export interface BasicGet extends Method {
  readonly type: 'BasicGet';
  readonly queue: string;
  readonly noAck: boolean;
}
export interface BasicGetOk extends Method, Content {
  readonly type: 'BasicGetOk';
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly exchange: string;
  readonly routingKey: string;
  /** Ready messages that are left. */
  readonly messageCount: number;
  readonly source: string;
  readonly delivered: FactId;
}
export interface BasicGetEmpty extends Method {
  readonly type: 'BasicGetEmpty';
}

/** From a consumer: settled. From the server, on a channel in confirm mode: taken responsibility for. */
export interface BasicAck extends Method {
  readonly type: 'BasicAck';
  /** With `multiple`, 0 stands for all so far. */
  readonly deliveryTag: number;
  readonly multiple: boolean;
}
/** RabbitMQ's own extension; from the server: not taken. */
export interface BasicNack extends Method {
  readonly type: 'BasicNack';
  readonly deliveryTag: number;
  readonly multiple: boolean;
  readonly requeue: boolean;
}
export interface BasicReject extends Method {
  readonly type: 'BasicReject';
  readonly deliveryTag: number;
  readonly requeue: boolean;
}
export interface BasicRecover extends Method {
  readonly type: 'BasicRecover';
  readonly requeue: boolean;
}
export interface BasicRecoverOk extends Method {
  readonly type: 'BasicRecoverOk';
}

export interface TxSelect extends Method {
  readonly type: 'TxSelect';
}
export interface TxSelectOk extends Method {
  readonly type: 'TxSelectOk';
}
export interface TxCommit extends Method {
  readonly type: 'TxCommit';
}
export interface TxCommitOk extends Method {
  readonly type: 'TxCommitOk';
}
export interface TxRollback extends Method {
  readonly type: 'TxRollback';
}
export interface TxRollbackOk extends Method {
  readonly type: 'TxRollbackOk';
}
