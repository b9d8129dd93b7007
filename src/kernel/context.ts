import type { Body, MessageId } from './bodies';
import { noCause, type FactId, type FactType, type NewFact } from './fact';
import { broken, invariant } from './invariant';
import type { Kernel } from './kernel';
import type { ConnectionId, Context, Tagged, TimerId } from './machine';
import type { Connection } from './network';
import type { PartSlot } from './process';
import { eventKinds } from './queue';
import type { Random } from './random';
import type { Duration, Time } from './time';

/** The one Context of a kernel, pointed at the part whose turn it is. */
export class PartContext implements Context {
  cause: FactId = noCause;
  connection: ConnectionId = 0;
  private current: PartSlot | null = null;
  private from: PartSlot | null = null;
  /** Last fact written in this turn: what the turn's messages and timers are caused by. */
  private lastFact: FactId = noCause;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  enter(part: PartSlot, cause: FactId, connection: ConnectionId, sender: PartSlot | null): void {
    this.current = part;
    this.cause = cause;
    this.lastFact = cause;
    this.connection = connection;
    this.from = sender;
  }

  get now(): Time {
    return this.kernel.now;
  }
  get self(): string {
    return this.current!.process.name;
  }
  get part(): string {
    return this.current!.name;
  }
  get incarnation(): number {
    return this.current!.process.condition.incarnation;
  }
  get sender(): string {
    return this.from?.address ?? '';
  }
  get slowness(): number {
    return this.current!.process.condition.slowness;
  }
  get notes(): Map<string, readonly number[]> {
    return this.kernel.notes;
  }

  random(source: string): Random {
    const part = this.current!;
    let stream = part.streams.get(source);
    if (stream === undefined) {
      stream = this.kernel.streams.stream(`${part.address} ${source}`);
      part.streams.set(source, stream);
    }
    return stream;
  }

  emit(fact: NewFact): FactId {
    return (this.lastFact = this.kernel.record(this.current!.process.name, fact.cause ?? this.cause, fact));
  }

  note(
    is: FactType,
    subject: string,
    message: MessageId,
    position = -1,
    group = '',
    cause = this.cause,
    amount = 0,
  ): FactId {
    const { name } = this.current!.process;
    return (this.lastFact = this.kernel.note(name, cause, is, subject, message, position, group, amount, ''));
  }

  compose(body: Body): MessageId {
    return this.kernel.bodies.add(body);
  }

  body(message: MessageId): Body {
    return this.kernel.bodies.get(message);
  }

  tell(part: string, command: Tagged): void {
    const current = this.current!;
    const { parts } = current.process;
    for (let at = 0; at < parts.length; at++) {
      if (parts[at].name === part) return this.kernel.locals.add(parts[at], command, this.lastFact, current);
    }
    broken(`process "${current.process.name}" has a part "${part}" (told by "${current.name}")`);
  }

  send(to: string, message: Tagged): void {
    const connection = this.connectionTo(to);
    if (connection !== null) this.kernel.sockets.transmit(connection, this.current!, message, this.lastFact);
  }

  reply(connection: ConnectionId, message: Tagged): void {
    const open = this.kernel.network.connections.get(connection);
    if (open !== undefined) this.kernel.sockets.transmit(open, this.current!, message, this.lastFact);
  }

  request(to: string, message: Tagged): ConnectionId {
    const connection = this.dial(to, true);
    this.kernel.sockets.transmit(connection, this.current!, message, this.lastFact);
    return connection.id;
  }

  abandon(request: ConnectionId): void {
    const connection = this.kernel.network.connections.get(request);
    if (connection !== undefined)
      this.kernel.sockets.closeEnd(connection, this.current!.index, this.lastFact);
  }

  disconnect(to: string): void {
    const connection = this.openTo(to);
    if (connection === null) return;
    this.current!.peers.delete(to);
    this.kernel.sockets.closeEnd(connection, this.current!.index, this.lastFact);
  }

  after(delay: Duration, command: Tagged): TimerId {
    invariant(delay >= 0, 'a timer is not set in the past');
    const { now, queue } = this.kernel;
    return queue.push(
      now + Math.round(delay),
      eventKinds.timer,
      this.current!.index,
      0,
      now,
      this.lastFact,
      command,
    );
  }

  cancel(timer: TimerId): void {
    this.kernel.queue.cancel(timer);
  }

  /** An open connection this part opened to `to`; null when there is none. */
  private openTo(to: string): Connection | null {
    const { network } = this.kernel;
    const part = this.current!;
    const known = part.peers.get(to);
    if (known?.closedBy === -1) return known;
    const target = this.kernel.part(to);
    invariant(target !== undefined, `there is a process or part "${to}" (sought by "${part.address}")`);
    for (const connection of network.connections.values()) {
      const { a, b, closedBy, exchange } = connection;
      if (a !== part.index || b !== target.index || closedBy !== -1 || exchange) continue;
      part.peers.set(to, connection);
      return connection;
    }
    return null;
  }

  private connectionTo(to: string): Connection | null {
    const open = this.openTo(to);
    if (open !== null) return open;
    const connection = this.dial(to, false);
    if (connection.closedBy !== -1) return null;
    this.current!.peers.set(to, connection);
    return connection;
  }

  /** Opens a connection. A process that is down refuses: the caller hears ConnectionClosed one round trip later. */
  private dial(to: string, exchange: boolean): Connection {
    const { kernel } = this;
    const part = this.current!;
    const target = kernel.part(to);
    invariant(target !== undefined, `there is a process or part "${to}" (sought by "${part.address}")`);
    const connection = kernel.network.open(part.index, target.index, exchange);
    if (target.process.condition.up) return connection;
    const link = kernel.network.link(target.process.index, part.process.index);
    connection.closedBy = target.index;
    connection.refused = true;
    if (!link.cut) kernel.sockets.noticeLater(connection, link, this.lastFact);
    return connection;
  }
}
