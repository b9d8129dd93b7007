/** What a scenario says of a RabbitMQ broker: the topology it starts with, and rabbitmq.conf. */
import type { GivenOptions } from '../../kernel/options';
import type { FieldTable } from './protocol';
import type { Version } from './queue-type';

export interface ExchangeSpec {
  readonly name: string;
  readonly type: string;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly internal?: boolean;
  readonly arguments?: FieldTable;
}

export interface QueueSpec {
  readonly name: string;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly arguments?: FieldTable;
}

export interface BindingSpec {
  readonly source: string;
  readonly destination: string;
  /** 'queue' unless said. */
  readonly destinationType?: 'queue' | 'exchange';
  readonly routingKey?: string;
  readonly arguments?: FieldTable;
}

export interface RabbitmqSpec {
  readonly name: string;
  /** '4.0' unless said. */
  readonly version?: Version;
  readonly nodes?: number;
  /** Of several nodes: which one this is, from 1. */
  readonly node?: number;
  readonly exchanges?: readonly ExchangeSpec[];
  readonly queues?: readonly QueueSpec[];
  readonly bindings?: readonly BindingSpec[];
  readonly options?: GivenOptions;
}
