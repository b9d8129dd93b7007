/**
 * A driver in a test's hands: the test plays the broker and the service beside it, step by step, on the pure reading of
 * the machine. What the driver tells itself is carried out at once, as the kernel does.
 */
import type { ClientMethod } from '../../../src/brokers/rabbitmq/protocol';
import { part as consumerPart } from '../../../src/clients/rabbitmq/consumer';
import { part as producerPart } from '../../../src/clients/rabbitmq/producer';
import { Bodies, type MessageId } from '../../../src/kernel/bodies';
import type { Machine, Tagged } from '../../../src/kernel/machine';
import type { AnyPart, Look } from '../../../src/kernel/part';
import { ms, toMs } from '../../../src/kernel/time';
import { seeded, transition, type SaidFact } from '../../helpers/transition';

type Method<Type extends ClientMethod['type']> = Extract<ClientMethod, { type: Type }>;
type Loose = Tagged & Record<string, any>;

export class Conversation<State> {
  now = 0;
  state: State;
  readonly facts: SaidFact[] = [];
  /** What the broker was sent, in order. */
  readonly sent: ClientMethod[] = [];
  /** Where each of them went. */
  readonly hosts: string[] = [];
  /** What other parts of the process were told. */
  readonly told: Loose[] = [];
  timers: { readonly id: number; readonly at: number; readonly command: Tagged }[] = [];
  readonly disconnected: string[] = [];
  readonly bodies = new Bodies();
  private answered = 0;
  /** How many it has opened; the last is the one that the broker speaks on. */
  private connections = 0;
  private readonly part: AnyPart;
  private next = { nextFact: 100, nextTimer: 1 };
  private readonly random = seeded(1);

  constructor(part: AnyPart, options: Readonly<Record<string, unknown>>) {
    this.part = part;
    this.state = (part.machine as Machine<State, Tagged, unknown>).init(options);
  }

  /** Hands the driver a command, and everything it then tells itself. */
  hand(command: Loose): this {
    const { now, random, bodies, next } = this;
    const setting = {
      now,
      random,
      bodies,
      self: 'mail',
      part: 'driver',
      connection: this.connections,
      ...next,
    };
    const outcome = transition(this.part.machine, this.state, command, setting);
    this.state = outcome.state as State;
    this.next = outcome.next;
    this.facts.push(...outcome.facts);
    this.disconnected.push(...outcome.disconnected);
    for (const { to, message } of outcome.sent) {
      if (message.type === 'ConnectionOpen') this.connections++;
      this.sent.push(message as ClientMethod);
      this.hosts.push(to);
    }
    this.timers = [...this.timers, ...outcome.timers].filter(({ id }) => !outcome.cancelled.includes(id));
    for (const { part, command: local } of outcome.told) {
      if (part === 'driver') this.hand(local);
      else this.told.push(local);
    }
    return this;
  }

  /** The broker says this on the channel, or with `channel: 0` on the connection. */
  says(type: string, fields: Readonly<Record<string, unknown>> = {}): this {
    return this.hand({ type, channel: 1, ...fields });
  }

  /** Connects, and gives every method of the set-up its answer. */
  connected(heartbeat = 0): this {
    if (this.sent.length === 0) this.hand({ type: 'Start' });
    this.says('ConnectionOpenOk', { channel: 0, channelMax: 2047, heartbeat, serverProperties: {} });
    return this.setUp();
  }

  /** Answers one after the other what has been asked since. */
  setUp(): this {
    const asked = ['ChannelOpen', 'ConfirmSelect', 'BasicQos', 'BasicConsume', 'BasicCancel'];
    while (this.answered < this.sent.length) {
      const { type } = this.sent[this.answered++];
      if (asked.includes(type)) this.says(`${type}Ok`, { consumerTag: 'amq.ctag-1' });
    }
    return this;
  }

  /** The last method of a type. */
  last<Type extends ClientMethod['type']>(type: Type): Method<Type> {
    const found = this.sent.findLast((method) => method.type === type);
    if (!found) throw new Error(`No ${type} was sent.`);
    return found as Method<Type>;
  }

  all<Type extends ClientMethod['type']>(type: Type): Method<Type>[] {
    return this.sent.filter((method) => method.type === type) as Method<Type>[];
  }

  /** Lets time pass, with every reminder on the way. */
  wait(milliseconds: number): this {
    const end = this.now + ms(milliseconds);
    for (;;) {
      const [due] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id);
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.now = due.at;
      this.hand(due.command as Loose);
    }
    this.now = end;
    return this;
  }

  /** The connection is gone. */
  hangUp(): this {
    return this.hand({ type: 'ConnectionClosed', connection: this.connections, peer: 'rabbit/broker' });
  }

  /** In how many milliseconds it reminds itself. */
  reminder(type: string): number {
    const timer = this.timers.find(({ command }) => command.type === type);
    if (!timer) throw new Error(`No ${type} is set.`);
    return toMs(timer.at - this.now);
  }

  compose(label: string, key: string | null = null): MessageId {
    const body = { domain: 'order', type: 'OrderPlaced', label, key, version: 1, correlation: '' } as const;
    return this.bodies.add({ ...body, data: { quantity: 1 } });
  }

  configure(changed: Readonly<Record<string, unknown>>): this {
    this.part.machine.configure!(this.state, changed);
    return this;
  }

  /** Its process, as the stage is told. */
  get picture() {
    const look: Look = {
      ...{ now: this.now, cells: 20, rows: 20 },
      laneEnd: () => null,
      face: (message) => ({ ...this.bodies.get(message), message }),
    };
    return this.part.describe!(this.state, look);
  }

  /** "confirmed MessageConfirmed 0" */
  get story(): string[] {
    return this.facts.map(
      ({ kind, type, message }) => `${kind} ${type}${message === undefined ? '' : ` ${message}`}`,
    );
  }
}

/** A publisher; `publish` is its service's call. */
export class Publisher extends Conversation<ReturnType<typeof producerPart.machine.init>> {
  private tickets = 0;

  constructor(options: Readonly<Record<string, unknown>> = {}) {
    super(producerPart, options);
  }

  publish(labels: readonly string[], place = 'orders', key: string | null = null): this {
    const messages = labels.map((label) => this.compose(label, key));
    return this.hand({ type: 'Publish', ticket: ++this.tickets, replyTo: 'shop', place, messages });
  }

  /** What goes out, by label. */
  get published(): string[] {
    return this.all('BasicPublish').map(({ message }) => this.bodies.get(message).label);
  }

  /** What its service hears: "1 Published". */
  get answers(): string[] {
    return this.told.map(({ type, ticket, error }) => `${ticket} ${type}${error ? `: ${error}` : ''}`);
  }
}

/** A consumer; `handled` and `failed` are its handler's answers. */
export class Receiver extends Conversation<ReturnType<typeof consumerPart.machine.init>> {
  private tags = 0;

  constructor(options: Readonly<Record<string, unknown>> = {}) {
    super(consumerPart, { queue: 'email', ...options });
  }

  given(labels: readonly string[], redelivered = false): this {
    for (const label of labels) {
      const message = this.compose(label);
      this.says('BasicDeliver', {
        ...{
          consumerTag: 'amq.ctag-1',
          deliveryTag: ++this.tags,
          redelivered,
          exchange: '',
          routingKey: 'email',
        },
        ...{ source: 'rabbit/queue/email', delivered: 7, message, properties: {}, sizeBytes: 1, cause: 1 },
      });
    }
    return this;
  }

  /** A new channel counts from 1. */
  override connected(heartbeat?: number): this {
    this.tags = 0;
    return super.connected(heartbeat);
  }

  /** The handler is done with this message. */
  handled(label: string): this {
    return this.hand({ type: 'Handled', ticket: this.ticketOf(label) });
  }

  failed(label: string): this {
    return this.hand({ type: 'HandlingFailed', ticket: this.ticketOf(label), error: 'Error: no' });
  }

  /** What the handler was called with, by label. */
  get begun(): string[] {
    return this.told.map(({ delivery }) => this.bodies.get(delivery.message).label);
  }

  private ticketOf(label: string): number {
    const handle = this.told.findLast(({ delivery }) => this.bodies.get(delivery.message).label === label);
    if (!handle) throw new Error(`${label} was not handed over.`);
    return handle.ticket;
  }
}
