/**
 * A TCP proxy between one client and every node. kafkajs connects through `socketFactory`, whatever address a broker's
 * metadata names, so nothing in between is rewritten. A Java client finds every broker at an address of this machine
 * that is its own, under the port that the broker has (`listen`). The proxy reads the frames' headers: a request's API
 * and correlation id, a response's correlation id.
 */
import { once } from 'node:events';
import { createServer, connect, Socket, type AddressInfo, type Server } from 'node:net';
import type { ISocketFactoryArgs } from 'kafkajs';
import type { KafkaApi } from '../../define';

/** The protocol guide's numbers. */
const API_KEYS: Readonly<Record<KafkaApi, number>> = {
  Produce: 0,
  Fetch: 1,
  ListOffsets: 2,
  Metadata: 3,
  OffsetCommit: 8,
  OffsetFetch: 9,
  FindCoordinator: 10,
  JoinGroup: 11,
  Heartbeat: 12,
  LeaveGroup: 13,
  SyncGroup: 14,
  CreateTopics: 19,
  DeleteRecords: 21,
  InitProducerId: 22,
  AddPartitionsToTxn: 24,
  AddOffsetsToTxn: 25,
  EndTxn: 26,
  TxnOffsetCommit: 28,
};

/** What is to happen to a response: it is lost, or comes later. */
interface ResponseFault {
  readonly apiKey: number;
  readonly holdMs: number | undefined;
}

interface Listener {
  readonly server: Server;
  /** Connections to the node that the client's side has not come to yet. */
  readonly waiting: Socket[];
}

/** Addresses that Java clients were given so far, of the 127.0.0.0/8 that all belong to this machine. */
let addresses = 0;

export class ClientProxy {
  /** By the address of the node behind. */
  private readonly listeners = new Map<string, Promise<Listener>>();
  private readonly links = new Set<Link>();
  private readonly faults: ResponseFault[] = [];
  /** At the proxy's own address. */
  private readonly servers: Server[] = [];
  private address: Promise<string> | null = null;

  /** A socket to this address, by way of the proxy; it fails as a direct one would when nobody listens there. */
  readonly socketFactory = ({ host, port, onConnect }: ISocketFactoryArgs): Socket => {
    const client = new Socket();
    const node = connect({ host, port });
    node.once('error', (error) => client.destroy(error));
    node.once('connect', () => {
      node.removeAllListeners('error');
      node.on('error', () => undefined);
      void this.bridge(node, `${host}:${port}`, client, onConnect);
    });
    return client;
  };

  /** The address at which these nodes ("127.0.0.1:40001") are found under their own ports. */
  listen(nodes: readonly string[]): Promise<string> {
    this.address ??= this.listenAt(nodes);
    return this.address;
  }

  /** TCP reset of every connection, on both sides. */
  cut(): void {
    for (const link of this.links) link.reset();
  }

  /** The response to the next request of this API is lost, or comes `holdMs` later. */
  dropResponse(api: KafkaApi, holdMs: number | undefined): void {
    this.faults.push({ apiKey: API_KEYS[api], holdMs });
  }

  async close(): Promise<void> {
    for (const listener of this.listeners.values()) (await listener).server.close();
    await this.address;
    for (const server of this.servers) server.close();
    this.cut();
  }

  private async listenAt(nodes: readonly string[]): Promise<string> {
    const host = `127.1.${Math.floor(++addresses / 250) % 250}.${1 + (addresses % 250)}`;
    for (const node of nodes) {
      const [nodeHost, port] = node.split(':');
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
        this.link(socket, connect({ host: nodeHost, port: Number(port) }), true),
      );
      this.servers.push(server);
      server.listen(Number(port), host);
      await once(server, 'listening');
    }
    return host;
  }

  private link(client: Socket, node: Socket, inOrder = false): void {
    const link = new Link(client, node, inOrder, (apiKey) => this.takeFault(apiKey));
    this.links.add(link);
    link.onClose = () => this.links.delete(link);
  }

  private async bridge(node: Socket, address: string, client: Socket, onConnect: () => void): Promise<void> {
    const { server, waiting } = await this.listenerOf(address);
    waiting.push(node);
    client.connect((server.address() as AddressInfo).port, '127.0.0.1', onConnect);
  }

  private listenerOf(address: string): Promise<Listener> {
    const known = this.listeners.get(address);
    if (known) return known;
    const waiting: Socket[] = [];
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      // Every connection to this server is for the same node: which of them meets which is all the same.
      this.link(socket, waiting.shift()!);
    });
    const listening = new Promise<Listener>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve({ server, waiting })),
    );
    this.listeners.set(address, listening);
    return listening;
  }

  private takeFault(apiKey: number): ResponseFault | undefined {
    const index = this.faults.findIndex((fault) => fault.apiKey === apiKey);
    return index < 0 ? undefined : this.faults.splice(index, 1)[0];
  }
}

/**
 * One connection of the client and the one to the node behind it. `inOrder`: the client takes answers for those of its
 * requests in their order, as Java's does, so that one which is lost takes those with it that follow.
 */
class Link {
  onClose: () => void = () => undefined;
  /** By correlation id. */
  private readonly faults = new Map<number, ResponseFault>();
  /** When what was last put on the way to the client has been written. */
  private delivered = Promise.resolve();
  private silent = false;

  constructor(
    private readonly client: Socket,
    private readonly node: Socket,
    private readonly inOrder: boolean,
    takeFault: (apiKey: number) => ResponseFault | undefined,
  ) {
    node.setNoDelay(true);
    const requests = new Frames((frame) => {
      const fault = takeFault(frame.readInt16BE(4));
      if (fault) this.faults.set(frame.readInt32BE(8), fault);
      node.write(frame);
    });
    const responses = new Frames((frame) => this.deliver(frame));
    client.on('data', (chunk) => requests.push(chunk));
    node.on('data', (chunk) => responses.push(chunk));
    client.on('end', () => node.end());
    node.on('end', () => this.enqueue(() => client.end()));
    for (const socket of [client, node]) {
      socket.on('error', () => this.reset());
      socket.on('close', () => this.onClose());
    }
  }

  reset(): void {
    for (const socket of [this.client, this.node]) if (!socket.destroyed) socket.resetAndDestroy();
    this.onClose();
  }

  private deliver(frame: Buffer): void {
    const correlationId = frame.readInt32BE(4);
    const fault = this.faults.get(correlationId);
    this.faults.delete(correlationId);
    if (this.silent) return;
    if (!fault) return this.enqueue(() => this.client.write(frame));
    const { holdMs } = fault;
    this.silent = this.inOrder && holdMs === undefined;
    if (holdMs === undefined) return;
    this.enqueue(async () => {
      await new Promise((resolve) => setTimeout(resolve, holdMs));
      this.client.write(frame);
    });
  }

  private enqueue(act: () => unknown): void {
    this.delivered = this.delivered.then(async () => {
      if (!this.client.destroyed) await act();
    });
  }
}

/** Puts a stream of bytes back together to frames: four bytes of length, and as many more. */
class Frames {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly take: (frame: Buffer) => void) {}

  push(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    while (this.rest.length >= 4) {
      const length = 4 + this.rest.readInt32BE(0);
      if (this.rest.length < length) return;
      this.take(this.rest.subarray(0, length));
      this.rest = this.rest.subarray(length);
    }
  }
}
