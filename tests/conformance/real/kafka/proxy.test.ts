/** The proxy between two ends that are no Kafka: frames of four bytes of length, and what the headers say. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClientProxy } from './proxy';

const PRODUCE = 0;
const METADATA = 3;

let node: Server;
let proxy: ClientProxy;

/** A node that answers every request with its correlation id. */
beforeEach(async () => {
  proxy = new ClientProxy();
  node = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (let at = 0; at < chunk.length; at += 14) socket.write(response(chunk.readInt32BE(at + 8)));
    });
  });
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await proxy.close();
  await new Promise((resolve) => node.close(resolve));
});

test('what is asked is answered, over as many connections at a time as are wanted', async () => {
  const clients = await Promise.all([connected(), connected(), connected()]);
  for (const [index, { socket }] of clients.entries()) socket.write(request(PRODUCE, index));
  await vi.waitFor(() => expect(clients.map(({ answers }) => answers)).toEqual([[0], [1], [2]]));
});

test('a frame that comes in pieces, and frames that come at once', async () => {
  const { socket, answers } = await connected();
  const frame = request(PRODUCE, 7);
  socket.write(frame.subarray(0, 3));
  await new Promise((resolve) => setImmediate(resolve));
  socket.write(Buffer.concat([frame.subarray(3), request(PRODUCE, 8)]));
  await vi.waitFor(() => expect(answers).toEqual([7, 8]));
});

test('the answer to the next request of an API is lost, once, and no other', async () => {
  const { socket, answers } = await connected();
  proxy.dropResponse('Produce', undefined);
  for (const [id, api] of [METADATA, PRODUCE, PRODUCE].entries()) socket.write(request(api, id));
  await vi.waitFor(() => expect(answers).toEqual([0, 2]));
});

test('an answer that is held holds up those behind it', async () => {
  const { socket, answers } = await connected();
  const began = performance.now();
  proxy.dropResponse('Produce', 300);
  for (const id of [1, 2]) socket.write(request(PRODUCE, id));
  await vi.waitFor(() => expect(answers).toEqual([1, 2]));
  expect(performance.now() - began).toBeGreaterThanOrEqual(290);
});

test('a cut resets what is connected, and lets it connect again', async () => {
  const { errors } = await connected();
  proxy.cut();
  await vi.waitFor(() => expect(errors).toEqual(['ECONNRESET']));
  const { socket, answers } = await connected();
  socket.write(request(PRODUCE, 1));
  await vi.waitFor(() => expect(answers).toEqual([1]));
});

test.runIf(process.platform === 'linux')(
  'at an address of its own an answer that is lost takes those behind it, until the next connection',
  async () => {
    const { port } = node.address() as AddressInfo;
    const host = await proxy.listen([`127.0.0.1:${port}`]);
    const { socket, answers } = await through((done) => connect({ host, port }, done));
    proxy.dropResponse('Produce', undefined);
    for (const [id, api] of [METADATA, PRODUCE, PRODUCE].entries()) socket.write(request(api, id));
    await vi.waitFor(() => expect(answers).toEqual([0]));
    const next = await through((done) => connect({ host, port }, done));
    next.socket.write(request(PRODUCE, 3));
    await vi.waitFor(() => expect(next.answers).toEqual([3]));
    expect(answers).toEqual([0]);
  },
);

test('where nobody listens the connection is refused', async () => {
  const { port } = node.address() as AddressInfo;
  const nobody = createServer();
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
  const free = (nobody.address() as AddressInfo).port;
  await new Promise((resolve) => nobody.close(resolve));
  expect(free).not.toBe(port);
  const socket = proxy.socketFactory({ host: '127.0.0.1', port: free, onConnect: () => undefined } as never);
  const code = await new Promise((resolve) =>
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code)),
  );
  expect(code).toBe('ECONNREFUSED');
});

interface Client {
  readonly socket: Socket;
  readonly answers: number[];
  readonly errors: (string | undefined)[];
}

function connected(): Promise<Client> {
  const { port } = node.address() as AddressInfo;
  return through((onConnect) => proxy.socketFactory({ host: '127.0.0.1', port, onConnect } as never));
}

function through(open: (onConnect: () => void) => Socket): Promise<Client> {
  return new Promise((resolve) => {
    const answers: number[] = [];
    const errors: (string | undefined)[] = [];
    const socket = open(() => resolve({ socket, answers, errors }));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => errors.push(code));
    socket.on('data', (chunk: Buffer) => {
      for (let at = 0; at < chunk.length; at += 8) answers.push(chunk.readInt32BE(at + 4));
    });
  });
}

/** Length, API key, API version, correlation id, and two bytes more. */
function request(apiKey: number, correlationId: number): Buffer {
  const frame = Buffer.alloc(14);
  frame.writeInt32BE(10, 0);
  frame.writeInt16BE(apiKey, 4);
  frame.writeInt32BE(correlationId, 8);
  return frame;
}

function response(correlationId: number): Buffer {
  const frame = Buffer.alloc(8);
  frame.writeInt32BE(4, 0);
  frame.writeInt32BE(correlationId, 4);
  return frame;
}
