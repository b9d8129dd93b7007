/** Methods by their class and method ids (amqp0-9-1.xml and RabbitMQ's extensions): those a client calls. */

export const methodIds = {
  ChannelOpen: [20, 10],
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
  BasicDeliver: [60, 60],
  BasicReturn: [60, 50],
  BasicGet: [60, 70],
  BasicRecover: [60, 110],
  ConfirmSelect: [85, 10],
} as const;

export type MethodName = keyof typeof methodIds;
