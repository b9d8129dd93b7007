import type { FactId } from './fact';
import type { Kernel } from './kernel';
import type { Tagged } from './machine';
import type { Connection, Link } from './network';
import type { PartSlot } from './process';
import { eventKinds } from './queue';
import type { Time } from './time';

/** What the operating systems at both ends do for a connection: send in order, hold, close, and tell the other end. */
export class Sockets {
  private readonly kernel: Kernel;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** Puts a message on a connection: it arrives after the link's latency, never before an earlier one. */
  transmit(connection: Connection, from: PartSlot, message: Tagged, cause: FactId): void {
    if (connection.closedBy !== -1) return;
    const toB = connection.a === from.index;
    const target = toB ? connection.b : connection.a;
    const link = this.kernel.network.link(from.process.index, this.kernel.parts[target].process.index);
    if (link.cut) {
      const held = { message, cause, sentAt: this.kernel.now };
      if (toB) connection.heldToB = [...connection.heldToB, held];
      else connection.heldToA = [...connection.heldToA, held];
      return;
    }
    this.deliverLater(connection, toB, link, message, cause, this.kernel.now);
  }

  /** Schedules the arrival of a message that is on its way since `sentAt`. */
  deliverLater(
    connection: Connection,
    toB: boolean,
    link: Link,
    message: Tagged,
    cause: FactId,
    sentAt: Time,
  ): void {
    const earliest = this.kernel.now + link.random.sample(link.latency) + link.extra;
    const arrival = Math.max(earliest, toB ? connection.lastToB : connection.lastToA);
    const { queue } = this.kernel;
    queue.push(
      arrival,
      eventKinds.message,
      toB ? connection.b : connection.a,
      connection.id,
      sentAt,
      cause,
      message,
      toB ? connection.tailToB : connection.tailToA,
    );
    if (toB) {
      connection.lastToB = arrival;
      connection.tailToB = queue.lastSlot;
    } else {
      connection.lastToA = arrival;
      connection.tailToA = queue.lastSlot;
    }
  }

  /** One end closes: what it sent still arrives, what was coming is lost, then the other end is told. */
  closeEnd(connection: Connection, by: number, cause: FactId): void {
    if (connection.closedBy !== -1) {
      if (connection.closedBy !== by) this.forget(connection.id);
      return;
    }
    connection.closedBy = by;
    connection.heldToA = [];
    connection.heldToB = [];
    this.kernel.queue.removeWhere(
      (kind, target, id) => kind === eventKinds.message && id === connection.id && target === by,
    );
    const toB = connection.a === by;
    const peer = toB ? connection.b : connection.a;
    const link = this.kernel.network.link(
      this.kernel.parts[by].process.index,
      this.kernel.parts[peer].process.index,
    );
    if (!link.cut) this.noticeLater(connection, link, cause);
  }

  /** Tells the surviving end, after everything that is still in flight towards it. */
  noticeLater(connection: Connection, link: Link, cause: FactId): void {
    if (connection.noticed) return;
    connection.noticed = true;
    const toB = connection.a === connection.closedBy;
    const peer = toB ? connection.b : connection.a;
    const earliest = this.kernel.now + link.random.sample(link.latency) + link.extra;
    const arrival = Math.max(earliest, toB ? connection.lastToB : connection.lastToA);
    const command = {
      type: 'ConnectionClosed',
      connection: connection.id,
      peer: this.kernel.parts[connection.closedBy].address,
      ...(connection.refused ? { refused: true } : {}),
    };
    this.kernel.queue.push(arrival, eventKinds.notice, peer, connection.id, this.kernel.now, cause, command);
  }

  /** A message has come in at `part`: if it was the answer of an exchange, that was all. */
  arrived(connection: Connection, part: PartSlot): void {
    if (connection.exchange && connection.a === part.index)
      this.kernel.network.connections.delete(connection.id);
  }

  /** Both ends are done with it. */
  forget(id: number): void {
    const { network, queue, parts } = this.kernel;
    const connection = network.connections.get(id);
    if (connection === undefined) return;
    network.connections.delete(id);
    queue.removeWhere((kind, _target, of) => kind === eventKinds.message && of === id);
    if (!connection.exchange) parts[connection.a].peers.clear();
  }
}
