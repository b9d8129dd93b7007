/** The proxy between two ends that are no RabbitMQ: it passes on what it is given, whatever that is. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TcpProxy } from './proxy';

let node: Server;
let address: string;
let proxy: TcpProxy;

/** A node that speaks first, as some do, and then repeats what it hears. */
beforeEach(async () => {
  proxy = new TcpProxy();
  node = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('hello ');
    socket.pipe(socket);
  });
  await once(node.listen(0, '127.0.0.1'), 'listening');
  address = `127.0.0.1:${(node.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await proxy.close();
  await new Promise((resolve) => node.close(resolve));
});

test('what either end says arrives, over as many connections at a time as are wanted', async () => {
  const clients = await Promise.all([connected(), connected(), connected()]);
  for (const [index, { socket }] of clients.entries()) socket.write(`number ${index}`);
  await vi.waitFor(() =>
    expect(clients.map(({ heard }) => heard())).toEqual([
      'hello number 0',
      'hello number 1',
      'hello number 2',
    ]),
  );
});

test('an end that is over is over for the other too', async () => {
  const { socket, heard } = await connected();
  socket.end('bye');
  await once(socket, 'close');
  expect(heard()).toBe('hello bye');
});

test('a cut resets what is connected, and lets it connect again', async () => {
  const { socket } = await connected();
  const reset = once(socket, 'error');
  proxy.cut();
  await expect(reset).resolves.toMatchObject([{ code: 'ECONNRESET' }]);
  const { socket: again, heard } = await connected();
  again.write('again');
  await vi.waitFor(() => expect(heard()).toBe('hello again'));
});

test('where nobody listens the connection is refused', async () => {
  const nobody = createServer();
  await once(nobody.listen(0, '127.0.0.1'), 'listening');
  const { port } = nobody.address() as AddressInfo;
  await new Promise((resolve) => nobody.close(resolve));
  await expect(proxy.portTo(`127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

async function connected(): Promise<{ readonly socket: Socket; readonly heard: () => string }> {
  const socket = connect({ host: '127.0.0.1', port: await proxy.portTo(address) });
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => (text += String(chunk)));
  await vi.waitFor(() => expect(text).toBe('hello '));
  return { socket, heard: () => text };
}
