import type { Kernel } from '../../../src/kernel/kernel';

/** Resets a client's connections: nothing in flight arrives, nothing more is sent on them, and both ends are told. */
export function cut(kernel: Kernel, client: string): void {
  for (const connection of [...kernel.network.connections.values()]) {
    const ends = [connection.a, connection.b];
    if (!ends.some((end) => isOf(kernel.parts[end].process.name, client))) continue;
    kernel.sockets.forget(connection.id);
    const [a, b] = ends;
    for (const end of ends) {
      const peer = kernel.parts[end === a ? b : a].address;
      const closed = { type: 'ConnectionClosed', connection: connection.id, peer };
      kernel.dispatch(kernel.parts[end], closed, -1, connection.id, null);
    }
  }
}

/** Processes of a client are called "client-1", "client-producer-1", … */
export function isOf(process: string, client: string): boolean {
  return process.startsWith(client) && /^(-(producer|consumer))?-\d+$/.test(process.slice(client.length));
}
