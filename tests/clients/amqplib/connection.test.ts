import { describe, expect, test } from 'vitest';
import { events, rejection, run } from './world';

describe('connecting', () => {
  test('gives a model with the server’s properties, and closes', async () => {
    await run(async ({ connect }) => {
      const model = await connect();
      expect(model.connection.serverProperties.product).toBe('RabbitMQ');
      const happened = events(model);
      await model.close();
      expect(happened).toEqual(['close']);
      const error = await rejection(model.close());
      expect([error.name, error.message]).toEqual(['IllegalOperationError', 'Connection closed (by client)']);
      await expect(model.createChannel()).rejects.toThrow('Connection closed (by client)');
    });
  });

  test('takes an address or its parts', async () => {
    await run(async ({ amqp }) => {
      await (await amqp.connect({ hostname: 'rabbit', heartbeat: 0 })).close();
      await expect(amqp.connect('http://rabbit')).rejects.toThrow('Expected amqp: or amqps:');
      await expect(amqp.connect('amqps://rabbit')).rejects.toThrow('not simulated');
    });
  });

  test('where nobody listens is refused', async () => {
    await run(async ({ connect, crash }) => {
      crash();
      const error = await rejection(connect());
      expect([error.message, error['code']]).toEqual(['connect ECONNREFUSED rabbit:5672', 'ECONNREFUSED']);
    });
  });
});

describe('a connection that is lost', () => {
  test('is an error, ends its channels, and then is closed', async () => {
    await run(async ({ connect, crash, sleep }) => {
      const model = await connect();
      const channel = await model.createConfirmChannel();
      const happened = events(model);
      const ofChannel = events(channel);
      const confirm = new Promise((resolve) => channel.sendToQueue('q', Buffer.from('a'), {}, resolve));
      const call = rejection(channel.assertQueue('q'));
      crash();
      await sleep(100);
      expect(happened).toEqual(['error: read ECONNRESET', 'close: read ECONNRESET']);
      expect(ofChannel).toEqual(['close']);
      expect(String(await confirm)).toBe('Error: channel closed');
      expect((await call).message).toBe('Channel ended, no reply will be forthcoming');
      expect(() => channel.sendToQueue('q', Buffer.from('b'))).toThrow('Channel closed');
      await expect(channel.waitForConfirms()).rejects.toThrow('channel closed');
    });
  });

  test('without a listener its error goes to whoever runs the program', async () => {
    await expect(
      run(async ({ connect, crash, sleep }) => {
        await connect();
        crash();
        await sleep(100);
      }),
    ).rejects.toThrow('read ECONNRESET');
  });

  test('by heartbeats: when nothing has come for two intervals', async () => {
    await run(async ({ connect, silence, sleep }) => {
      const model = await connect(10);
      const happened = events(model);
      await sleep(60_000);
      expect(happened).toEqual([]);
      silence();
      await sleep(31_000);
      expect(happened).toEqual(['error: Heartbeat timeout', 'close: Heartbeat timeout']);
    });
  });
});

describe('what the server closes the connection for', () => {
  test('is an error', async () => {
    await run(async ({ connect, sleep }) => {
      const model = await connect();
      const happened = events(model);
      const channel = await model.createChannel();
      await channel.assertQueue('q');
      await channel.consume('q', () => undefined, { consumerTag: 'mine' });
      const call = await rejection(channel.consume('q', () => undefined, { consumerTag: 'mine' }));
      await sleep(10);
      expect(call.message).toBe('Channel ended, no reply will be forthcoming');
      expect(happened).toHaveLength(2);
      expect(happened[0]).toMatch(
        /^error: Connection closed: 530 \(NOT-ALLOWED\) with message "NOT_ALLOWED - /,
      );
    });
  });
});

test('what was written in the turn in which the connection is closed never leaves', async () => {
  await run(async ({ connect }) => {
    const model = await connect();
    const channel = await model.createChannel();
    await channel.assertQueue('q');
    channel.sendToQueue('q', Buffer.from('a'));
    await model.close();
    const other = await (await connect()).createChannel();
    expect((await other.checkQueue('q')).messageCount).toBe(0);
  });
});

test('channels have the lowest number that is free', async () => {
  await run(async ({ connect }) => {
    const model = await connect();
    const channels = [await model.createChannel(), await model.createChannel(), await model.createChannel()];
    await channels[1].close();
    const again = await model.createChannel();
    expect([...channels, again].map((channel) => (channel as unknown as { ch: number }).ch)).toEqual([
      1, 2, 3, 2,
    ]);
  });
});
