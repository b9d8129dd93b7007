/**
 * AMQP 0-9-1 as RabbitMQ speaks it, with the method and field names of the protocol's definition (amqp0-9-1.xml and
 * rabbitmq's extensions). A method and its content are one message; bytes and frames are not encoded, a body is named by
 * its MessageId. One connection of the kernel is one AMQP connection, and starts with ConnectionOpen.
 */
import type * as Basic from './protocol/basic';
import type * as Topology from './protocol/topology';

export type * from './protocol/basic';
export type * from './protocol/topology';
export * from './protocol/addresses';
export * from './protocol/common';

/** What a client sends. */
export type ClientMethod =
  | Topology.ConnectionOpen
  | Topology.ConnectionClose
  | Topology.ConnectionCloseOk
  | Topology.ConnectionUpdateSecret
  | Topology.Heartbeat
  | Topology.ChannelOpen
  | Topology.ChannelFlow
  | Topology.ChannelClose
  | Topology.ChannelCloseOk
  | Topology.ExchangeDeclare
  | Topology.ExchangeDelete
  | Topology.ExchangeBind
  | Topology.ExchangeUnbind
  | Topology.QueueDeclare
  | Topology.QueueBind
  | Topology.QueueUnbind
  | Topology.QueuePurge
  | Topology.QueueDelete
  | Basic.BasicPublish
  | Basic.ConfirmSelect
  | Basic.BasicQos
  | Basic.BasicConsume
  | Basic.BasicCancel
  | Basic.BasicCancelOk
  | Basic.BasicGet
  | Basic.BasicAck
  | Basic.BasicNack
  | Basic.BasicReject
  | Basic.BasicRecover
  | Basic.TxSelect
  | Basic.TxCommit
  | Basic.TxRollback;

/** What the server sends. */
export type ServerMethod =
  | Topology.ConnectionOpenOk
  | Topology.ConnectionClose
  | Topology.ConnectionCloseOk
  | Topology.ConnectionBlocked
  | Topology.ConnectionUnblocked
  | Topology.ConnectionUpdateSecretOk
  | Topology.Heartbeat
  | Topology.ChannelOpenOk
  | Topology.ChannelFlowOk
  | Topology.ChannelClose
  | Topology.ChannelCloseOk
  | Topology.ExchangeDeclareOk
  | Topology.ExchangeDeleteOk
  | Topology.ExchangeBindOk
  | Topology.ExchangeUnbindOk
  | Topology.QueueDeclareOk
  | Topology.QueueBindOk
  | Topology.QueueUnbindOk
  | Topology.QueuePurgeOk
  | Topology.QueueDeleteOk
  | Basic.BasicReturn
  | Basic.ConfirmSelectOk
  | Basic.BasicQosOk
  | Basic.BasicConsumeOk
  | Basic.BasicCancel
  | Basic.BasicCancelOk
  | Basic.BasicDeliver
  | Basic.BasicGetOk
  | Basic.BasicGetEmpty
  | Basic.BasicAck
  | Basic.BasicNack
  | Basic.BasicRecoverOk
  | Basic.TxSelectOk
  | Basic.TxCommitOk
  | Basic.TxRollbackOk;
