/**
 * A TCP proxy between one client and the nodes: it passes bytes on, until it resets what is connected. The connection to the
 * node is made before the client's own: where nobody listens the client is told so, as it would be without a proxy.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Listener {
  readonly server: Server;
  /** Connections to the node that the client's side has not come to yet. */
  readonly waiting: Socket[];
}

export class TcpProxy {
  /** By the address of the node behind. */
  private readonly listeners = new Map<string, Promise<Listener>>();
  private readonly links = new Set<readonly [Socket, Socket]>();

  /** A port of 127.0.0.1 for one connection to this node ("127.0.0.1:40001"); rejects when nobody listens there. */
  async portTo(node: string): Promise<number> {
    const [host, port] = node.split(':');
    const behind = connect({ host, port: Number(port), noDelay: true });
    await once(behind, 'connect');
    // Nothing of what the node says may be lost before the client is there.
    behind.pause();
    behind.on('error', () => undefined);
    const { server, waiting } = await this.listenerOf(node);
    waiting.push(behind);
    return (server.address() as AddressInfo).port;
  }

  /** TCP reset of every connection, on both sides. */
  cut(): void {
    for (const link of this.links) reset(link);
  }

  async close(): Promise<void> {
    for (const listening of this.listeners.values()) {
      const { server, waiting } = await listening;
      server.close();
      for (const socket of waiting) socket.destroy();
    }
    this.cut();
  }

  private listenerOf(node: string): Promise<Listener> {
    const known = this.listeners.get(node);
    if (known) return known;
    const waiting: Socket[] = [];
    const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) =>
      // Every connection to this server is for the same node: which of them meets which is all the same.
      this.join(client, waiting.shift()!),
    );
    const listening = once(server.listen(0, '127.0.0.1'), 'listening').then(() => ({ server, waiting }));
    this.listeners.set(node, listening);
    return listening;
  }

  private join(client: Socket, node: Socket): void {
    const link = [client, node] as const;
    this.links.add(link);
    for (const [from, to] of [link, [node, client]] as const) {
      from.pipe(to);
      from.on('error', () => reset(link));
      from.on('close', () => {
        this.links.delete(link);
        to.end();
      });
    }
  }
}

function reset(link: readonly [Socket, Socket]): void {
  for (const socket of link) if (!socket.destroyed) socket.resetAndDestroy();
}
