/** Class and method ids of what clients send (amqp0-9-1.xml): errors name the method that caused them. */
import type { ClientMethod } from './protocol';

const ids: Partial<Record<ClientMethod['type'], readonly [number, number]>> = {
  ConnectionOpen: [10, 40],
  ChannelOpen: [20, 10],
  ChannelFlow: [20, 20],
  ExchangeDeclare: [40, 10],
  ExchangeDelete: [40, 20],
  ExchangeBind: [40, 30],
  ExchangeUnbind: [40, 40],
  QueueDeclare: [50, 10],
  QueueBind: [50, 20],
  QueuePurge: [50, 30],
  QueueDelete: [50, 40],
  QueueUnbind: [50, 50],
  BasicQos: [60, 10],
  BasicConsume: [60, 20],
  BasicCancel: [60, 30],
  BasicPublish: [60, 40],
  BasicGet: [60, 70],
  BasicAck: [60, 80],
  BasicReject: [60, 90],
  BasicRecover: [60, 110],
  BasicNack: [60, 120],
  ConfirmSelect: [85, 10],
  TxSelect: [90, 10],
  TxCommit: [90, 20],
  TxRollback: [90, 30],
};

/** null: no method is to blame. */
export function idsOf(type: ClientMethod['type'] | null): {
  readonly classId: number;
  readonly methodId: number;
} {
  // prettier-ignore
  const [classId, methodId] = (type !== null && ids[type]) || [0, 0];
  return { classId, methodId };
}
