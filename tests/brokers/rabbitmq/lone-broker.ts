/** A broker by itself, told what clients send, as tests read it: every answer, fact and timer. */
import { part, type BrokerCommand } from '../../../src/brokers/rabbitmq/broker';
import type {
  ClientMethod,
  FieldTable,
  Properties,
  ServerMethod,
} from '../../../src/brokers/rabbitmq/protocol';
import type { RabbitmqSpec } from '../../../src/brokers/rabbitmq/spec';
import type { BrokerState } from '../../../src/brokers/rabbitmq/state';
import type { KernelCommand } from '../../../src/kernel/machine';
import { ms, type Time } from '../../../src/kernel/time';
import { transition, type SaidFact } from '../../helpers/transition';

interface Timer {
  readonly id: number;
  readonly at: Time;
  readonly command: BrokerCommand;
}

/** What a client sends, without what can be guessed. */
type Method = { readonly type: ClientMethod['type']; readonly channel?: number } & Record<string, unknown>;

const usual: Partial<Record<ClientMethod['type'], object>> = {
  ConnectionOpen: { virtualHost: '/', clientProperties: {}, heartbeat: 0, channelMax: 0 },
  ExchangeDeclare: { exchangeType: 'topic', passive: false, durable: true, autoDelete: false, internal: false, arguments: {} }, // prettier-ignore
  ExchangeDelete: { ifUnused: false },
  ExchangeBind: { routingKey: '', arguments: {} },
  ExchangeUnbind: { routingKey: '', arguments: {} },
  QueueDeclare: { passive: false, durable: true, exclusive: false, autoDelete: false, arguments: {} },
  QueueBind: { routingKey: '', arguments: {} },
  QueueUnbind: { routingKey: '', arguments: {} },
  QueueDelete: { ifUnused: false, ifEmpty: false },
  BasicPublish: { exchange: '', routingKey: '', mandatory: false, immediate: false, properties: {}, sizeBytes: 1, cause: -1 }, // prettier-ignore
  BasicConsume: { consumerTag: '', noAck: false, exclusive: false, arguments: {} },
  BasicGet: { noAck: false },
  BasicQos: { global: false },
  BasicAck: { multiple: false },
  BasicNack: { multiple: false, requeue: true },
  BasicReject: { requeue: true },
};

export class LoneBroker {
  state: BrokerState;
  now: Time = 0;
  readonly replies: { connection: number; method: ServerMethod }[] = [];
  readonly facts: SaidFact[] = [];
  private timers: Timer[] = [];
  private incarnation = 0;
  private next = { nextFact: 0, nextTimer: 1 };

  constructor(spec: Partial<RabbitmqSpec> = {}) {
    this.state = part.machine.init({ name: 'rabbit', ...spec });
    this.tell({ type: 'Start' });
  }

  tell(command: BrokerCommand | KernelCommand, connection = 0): void {
    const { now, incarnation, next } = this;
    const outcome = transition(part.machine, this.state, command, { now, connection, incarnation, ...next, sender: `client-${connection}/driver` }); // prettier-ignore
    this.state = outcome.state;
    this.next = outcome.next;
    this.facts.push(...outcome.facts);
    for (const { connection: to, message } of outcome.replies) {
      this.replies.push({ connection: to, method: message as ServerMethod });
    }
    this.timers = this.timers.filter(({ id }) => !outcome.cancelled.includes(id));
    this.timers.push(
      ...outcome.timers
        .filter(({ id }) => !outcome.cancelled.includes(id))
        .map(({ id, at, command: what }) => ({ id, at, command: what as BrokerCommand })),
    );
    part.check!(this.state);
  }

  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): this {
    const until = this.now + ms(milliseconds);
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.id - b.id)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.now = due.at;
      this.tell(due.command);
    }
    this.now = until;
    return this;
  }

  crash(): void {
    part.machine.restart(this.state);
    this.timers = [];
    this.incarnation++;
    this.tell({ type: 'Start' });
  }

  /** Opens a connection and its channel 1. */
  connect(connection = 1): Client {
    const client = new Client(this, connection);
    client.send({ type: 'ConnectionOpen', channel: 0 });
    client.send({ type: 'ChannelOpen' });
    return client;
  }

  /** What was said since it was asked last. */
  heard(connection = 1): ServerMethod[] {
    const mine = this.replies.filter((reply) => reply.connection === connection);
    for (const reply of mine) this.replies.splice(this.replies.indexOf(reply), 1);
    return mine.map(({ method }) => method);
  }
}

export class Client {
  readonly broker: LoneBroker;
  readonly connection: number;
  readonly number: number;

  constructor(broker: LoneBroker, connection: number, channel = 1) {
    this.broker = broker;
    this.connection = connection;
    this.number = channel;
  }

  /** Sends it, and says what came back at once. */
  send(method: Method): ServerMethod[] {
    this.broker.heard(this.connection);
    const command = { channel: this.number, ...usual[method.type], ...method } as unknown as ClientMethod;
    this.broker.tell(command, this.connection);
    return this.broker.heard(this.connection);
  }

  /** Another channel of the same connection. */
  other(channel: number): Client {
    const client = new Client(this.broker, this.connection, channel);
    client.send({ type: 'ChannelOpen' });
    return client;
  }

  queue(queue: string, table: FieldTable = {}, more: object = {}): ServerMethod[] {
    return this.send({ type: 'QueueDeclare', queue, arguments: table, ...more });
  }

  publish(
    message: number,
    routingKey: string,
    properties: Properties = {},
    more: object = {},
  ): ServerMethod[] {
    return this.send({ type: 'BasicPublish', message, routingKey, properties, ...more });
  }

  consume(queue: string, more: object = {}): ServerMethod[] {
    return this.send({ type: 'BasicConsume', queue, consumerTag: `of-${queue}`, ...more });
  }

  get(queue: string, more: object = {}): ServerMethod {
    return this.send({ type: 'BasicGet', queue, ...more })[0];
  }

  ack(deliveryTag: number, multiple = false): ServerMethod[] {
    return this.send({ type: 'BasicAck', deliveryTag, multiple });
  }

  nack(deliveryTag: number, more: object = {}): ServerMethod[] {
    return this.send({ type: 'BasicNack', deliveryTag, ...more });
  }
}

/** Messages of what was delivered, in order. */
export function messagesOf(methods: readonly ServerMethod[]): number[] {
  return methods.flatMap((method) => ('message' in method ? [method.message] : []));
}

export function ofType<Type extends ServerMethod['type']>(
  methods: readonly ServerMethod[],
  type: Type,
): Extract<ServerMethod, { type: Type }>[] {
  return methods.filter((method): method is Extract<ServerMethod, { type: Type }> => method.type === type);
}
