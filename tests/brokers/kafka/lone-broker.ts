import { part, type BrokerCommand } from '../../../src/brokers/kafka/broker';
import { checkBroker } from '../../../src/brokers/kafka/invariants';
import type { BrokerOptions } from '../../../src/brokers/kafka/options';
import type { KafkaRequest, KafkaResponse } from '../../../src/brokers/kafka/protocol';
import type { BrokerState } from '../../../src/brokers/kafka/state';
import type { KernelCommand, Tagged } from '../../../src/kernel/machine';
import type { Random } from '../../../src/kernel/random';
import { ms, toMs } from '../../../src/kernel/time';
import { seeded, transition, type SaidFact } from '../../helpers/transition';

const { machine } = part;

/** What a test sends: the fields every request has are filled in. */
export type Sent<Request extends KafkaRequest> = Omit<Request, 'correlationId' | 'clientId'> & {
  readonly clientId?: string;
};
export type AnySent = KafkaRequest extends infer Request
  ? Request extends KafkaRequest
    ? Sent<Request>
    : never
  : never;

export interface Answered {
  readonly connection: number;
  readonly atMs: number;
  readonly message: KafkaResponse;
}

/**
 * One broker and nothing else: requests go in on numbered connections, answers come out, and time passes when told to.
 * Every command goes through `transition`, and every state through `checkBroker`. Connection 7 belongs to process
 * "client-7".
 */
export class LoneBroker {
  state: BrokerState;
  nowMs = 0;
  incarnation = 0;
  readonly facts: (SaidFact & { readonly atMs: number })[] = [];
  readonly answers: Answered[] = [];
  private timers: { id: number; at: number; command: Tagged }[] = [];
  private next = { nextFact: 0, nextTimer: 1 };
  private correlationId = 0;
  private random: (source: string) => Random;

  constructor(options: Partial<BrokerOptions> = {}) {
    this.random = seeded(1);
    this.state = machine.init({ name: 'kafka', topics: [{ name: 'orders', partitions: 1 }], ...options });
    this.tell({ type: 'Start' });
  }

  /** Sends a request and returns its answer; undefined when it is parked (or asked for none). */
  ask<Response extends KafkaResponse>(request: AnySent, connection = 1): Response | undefined {
    const correlationId = this.send(request, connection);
    return this.answerTo<Response>(correlationId);
  }

  /** Sends a request and returns its correlation id. */
  send(request: AnySent, connection = 1): number {
    const correlationId = ++this.correlationId;
    const clientId = request.clientId ?? `client-${connection}`;
    this.tell({ ...request, clientId, correlationId }, connection);
    return correlationId;
  }

  answerTo<Response extends KafkaResponse>(correlationId: number): Response | undefined {
    const found = this.answers.find(({ message }) => message.correlationId === correlationId);
    return found?.message as Response | undefined;
  }

  /** Lets time pass, with every timer that is due on the way. */
  wait(forMs: number): void {
    const end = ms(this.nowMs + forMs);
    for (;;) {
      const [due] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id);
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.nowMs = toMs(due.at);
      this.tell(due.command as BrokerCommand);
    }
    this.nowMs += toMs(end) - this.nowMs;
  }

  /** The client at the other end of a connection is gone. */
  close(connection: number): void {
    this.tell({ type: 'ConnectionClosed', connection, peer: `client-${connection}/driver` }, connection);
  }

  /** The process dies: timers are gone, the machine keeps what is durable. */
  crash(): void {
    this.state = machine.clone(this.state);
    machine.restart(this.state);
    this.timers = [];
  }

  start(): void {
    this.incarnation++;
    this.tell({ type: 'Start' });
  }

  /** Timers that are set, as names with the time they are due. */
  get pending(): { type: string; atMs: number }[] {
    return this.timers
      .map(({ at, command }) => ({ type: command.type, atMs: toMs(at) }))
      .sort((a, b) => a.atMs - b.atMs);
  }

  factsOf(type: string): SaidFact[] {
    return this.facts.filter((fact) => fact.type === type).map(({ atMs: _, ...fact }) => fact);
  }

  private tell(command: BrokerCommand | KernelCommand, connection = 0): void {
    const outcome = transition(machine, this.state, command, {
      now: ms(this.nowMs),
      self: 'kafka',
      connection,
      sender: connection === 0 ? 'kafka/broker' : `client-${connection}/driver`,
      incarnation: this.incarnation,
      random: this.random,
      ...this.next,
    });
    this.state = outcome.state;
    this.next = outcome.next;
    this.facts.push(...outcome.facts.map((fact) => ({ ...fact, atMs: this.nowMs })));
    for (const { connection: to, message } of outcome.replies) {
      this.answers.push({ connection: to, atMs: this.nowMs, message: message as KafkaResponse });
    }
    this.timers = [...this.timers, ...outcome.timers].filter(({ id }) => !outcome.cancelled.includes(id));
    checkBroker(this.state, { clientsBehave: false });
  }
}
