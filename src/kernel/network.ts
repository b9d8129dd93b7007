import type { LatencyTable } from './distribution';
import type { ConnectionId, Tagged } from './machine';
import type { Random } from './random';
import type { Duration, Time } from './time';

/** One direction between two processes. Links are data: a fault edits them, healing puts the old value back. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly latency: LatencyTable;
  readonly random: Random;
  extra: Duration;
  cut: boolean;
}

/** A message that waits on a cut link, in the sender's socket. */
export interface Held {
  readonly message: Tagged;
  readonly cause: number;
  readonly sentAt: Time;
}

/**
 * A connection between two parts; it keeps order in each direction, as TCP does. Loss is delay, a cut is silence,
 * and only what a client does next (reconnect, retry) makes duplicates. `a` opened it.
 */
export interface Connection {
  readonly id: ConnectionId;
  readonly a: number;
  readonly b: number;
  /** Latest arrival so far towards b and towards a: later sends never overtake. */
  lastToB: Time;
  lastToA: Time;
  /** Slot in the queue of the latest message towards b and towards a, whether or not it is still on its way; −1: none. */
  tailToB: number;
  tailToA: number;
  heldToB: readonly Held[];
  heldToA: readonly Held[];
  /** Part that closed its end (by crash or disconnect), else −1: what it had sent still arrives, then the peer hears. */
  closedBy: number;
  /** The peer is being told. */
  noticed: boolean;
  /** One request and one answer: the connection ends with the answer's arrival and is used for nothing else. */
  readonly exchange: boolean;
  /** `b` was down when it was asked: nothing sent on it has arrived anywhere. */
  refused: boolean;
}

export interface SavedNetwork {
  readonly connections: readonly Connection[];
  readonly links: readonly {
    readonly from: number;
    readonly to: number;
    readonly extra: Duration;
    readonly cut: boolean;
  }[];
  readonly nextConnection: ConnectionId;
}

/** Links and connections by number. Sending and delivering is the kernel's work. */
export class Network {
  readonly connections = new Map<ConnectionId, Connection>();
  /** By process they lead from, then to; absent until something is sent that way. */
  private readonly links: (Link | undefined)[][] = [];
  private readonly makeLink: (from: number, to: number) => Link;
  private nextConnection = 1;

  constructor(makeLink: (from: number, to: number) => Link) {
    this.makeLink = makeLink;
  }

  link(from: number, to: number): Link {
    while (this.links.length <= from) this.links.push([]);
    const row = this.links[from];
    while (row.length <= to) row.push(undefined);
    return (row[to] ??= this.makeLink(from, to));
  }

  /** Those that have been used or edited, by number of process. */
  allLinks(): readonly Link[] {
    return this.links.flat().filter((link) => link !== undefined);
  }

  open(a: number, b: number, exchange: boolean): Connection {
    const connection: Connection = {
      id: this.nextConnection++,
      a,
      b,
      lastToB: 0,
      lastToA: 0,
      tailToB: -1,
      tailToA: -1,
      heldToB: [],
      heldToA: [],
      closedBy: -1,
      noticed: false,
      exchange,
      refused: false,
    };
    this.connections.set(connection.id, connection);
    return connection;
  }

  save(): SavedNetwork {
    return {
      connections: [...this.connections.values()].map((connection) => ({ ...connection })),
      links: this.allLinks().map(({ from, to, extra, cut }) => ({ from, to, extra, cut })),
      nextConnection: this.nextConnection,
    };
  }

  load(saved: SavedNetwork): void {
    this.connections.clear();
    for (const connection of saved.connections) this.connections.set(connection.id, { ...connection });
    for (const link of this.allLinks()) {
      link.extra = 0;
      link.cut = false;
    }
    for (const { from, to, extra, cut } of saved.links) Object.assign(this.link(from, to), { extra, cut });
    this.nextConnection = saved.nextConnection;
  }
}
