/** Connections and channels; declaring, binding and deleting exchanges and queues. Answers are called after their methods, with Ok. */
import type { FieldTable, Method } from './common';

/** Opens the connection it arrives on: start, tune and open in one. */
export interface ConnectionOpen extends Method {
  readonly type: 'ConnectionOpen';
  readonly virtualHost: string;
  /** `connection_name` is shown; capabilities as the client library has them. */
  readonly clientProperties: FieldTable;
  /** Seconds; 0: none. */
  readonly heartbeat: number;
  readonly channelMax: number;
}
export interface ConnectionOpenOk extends Method {
  readonly type: 'ConnectionOpenOk';
  readonly serverProperties: FieldTable;
  readonly channelMax: number;
  readonly frameMax: number;
  readonly heartbeat: number;
}
/** From either side. */
export interface ConnectionClose extends Method {
  readonly type: 'ConnectionClose';
  readonly replyCode: number;
  /** "NOT_ALLOWED - attempt to reuse consumer tag 'x'". */
  readonly replyText: string;
  readonly classId: number;
  readonly methodId: number;
}
export interface ConnectionCloseOk extends Method {
  readonly type: 'ConnectionCloseOk';
}
/** A resource alarm: the server reads nothing more from connections that publish. */
export interface ConnectionBlocked extends Method {
  readonly type: 'ConnectionBlocked';
  readonly reason: string;
}
export interface ConnectionUnblocked extends Method {
  readonly type: 'ConnectionUnblocked';
}
export interface ConnectionUpdateSecret extends Method {
  readonly type: 'ConnectionUpdateSecret';
  readonly reason: string;
}
export interface ConnectionUpdateSecretOk extends Method {
  readonly type: 'ConnectionUpdateSecretOk';
}
/** Sent by both sides twice per heartbeat interval; kills a connection whose peer says nothing for two. */
export interface Heartbeat extends Method {
  readonly type: 'Heartbeat';
}

export interface ChannelOpen extends Method {
  readonly type: 'ChannelOpen';
}
export interface ChannelOpenOk extends Method {
  readonly type: 'ChannelOpenOk';
}
export interface ChannelFlow extends Method {
  readonly type: 'ChannelFlow';
  readonly active: boolean;
}
export interface ChannelFlowOk extends Method {
  readonly type: 'ChannelFlowOk';
  readonly active: boolean;
}
/** From either side. */
export interface ChannelClose extends Method {
  readonly type: 'ChannelClose';
  readonly replyCode: number;
  readonly replyText: string;
  readonly classId: number;
  readonly methodId: number;
}
export interface ChannelCloseOk extends Method {
  readonly type: 'ChannelCloseOk';
}

export interface ExchangeDeclare extends Method {
  readonly type: 'ExchangeDeclare';
  readonly exchange: string;
  /** Named `exchangeType` where the protocol says `type`, which here is the method's. */
  readonly exchangeType: string;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly autoDelete: boolean;
  readonly internal: boolean;
  readonly arguments: FieldTable;
}
export interface ExchangeDeclareOk extends Method {
  readonly type: 'ExchangeDeclareOk';
}
export interface ExchangeDelete extends Method {
  readonly type: 'ExchangeDelete';
  readonly exchange: string;
  readonly ifUnused: boolean;
}
export interface ExchangeDeleteOk extends Method {
  readonly type: 'ExchangeDeleteOk';
}
export interface ExchangeBind extends Method {
  readonly type: 'ExchangeBind';
  readonly destination: string;
  readonly source: string;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}
export interface ExchangeBindOk extends Method {
  readonly type: 'ExchangeBindOk';
}
export interface ExchangeUnbind extends Method {
  readonly type: 'ExchangeUnbind';
  readonly destination: string;
  readonly source: string;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}
export interface ExchangeUnbindOk extends Method {
  readonly type: 'ExchangeUnbindOk';
}

export interface QueueDeclare extends Method {
  readonly type: 'QueueDeclare';
  /** '': the server makes a name. */
  readonly queue: string;
  readonly passive: boolean;
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: FieldTable;
}
export interface QueueDeclareOk extends Method {
  readonly type: 'QueueDeclareOk';
  readonly queue: string;
  /** Ready messages. */
  readonly messageCount: number;
  readonly consumerCount: number;
}
export interface QueueBind extends Method {
  readonly type: 'QueueBind';
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}
export interface QueueBindOk extends Method {
  readonly type: 'QueueBindOk';
}
export interface QueueUnbind extends Method {
  readonly type: 'QueueUnbind';
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly arguments: FieldTable;
}
export interface QueueUnbindOk extends Method {
  readonly type: 'QueueUnbindOk';
}
export interface QueuePurge extends Method {
  readonly type: 'QueuePurge';
  readonly queue: string;
}
export interface QueuePurgeOk extends Method {
  readonly type: 'QueuePurgeOk';
  readonly messageCount: number;
}
export interface QueueDelete extends Method {
  readonly type: 'QueueDelete';
  readonly queue: string;
  readonly ifUnused: boolean;
  readonly ifEmpty: boolean;
}
export interface QueueDeleteOk extends Method {
  readonly type: 'QueueDeleteOk';
  readonly messageCount: number;
}
