import type { Channel, ConsumeMessage } from 'amqplib';
import { describe, expect, test } from 'vitest';
import { events, rejection, run, type World } from './world';

/** A channel with a queue "q" on it. */
async function withQueue({ connect }: World): Promise<Channel> {
  const channel = await (await connect()).createChannel();
  await channel.assertQueue('q');
  return channel;
}

const bytes = (text: string): Buffer => Buffer.from(text);

describe('calls', () => {
  test('resolve to the fields of their answers', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      expect(await channel.assertExchange('x', 'topic')).toEqual({ exchange: 'x' });
      expect(await channel.bindQueue('q', 'x', '#')).toEqual({});
      channel.publish('x', 'key', bytes('a'));
      expect(await channel.checkQueue('q')).toEqual({ queue: 'q', messageCount: 1, consumerCount: 0 });
      expect(await channel.prefetch(1)).toEqual({});
      expect(await channel.purgeQueue('q')).toEqual({ messageCount: 1 });
      expect(await channel.deleteQueue('q')).toEqual({ messageCount: 0 });
    });
  });

  test('of which several are made at once are answered in order', async () => {
    await run(async ({ connect }) => {
      const channel = await (await connect()).createChannel();
      const names = ['a', 'b', 'c'];
      const answers = await Promise.all(names.map((name) => channel.assertQueue(name)));
      expect(answers.map(({ queue }) => queue)).toEqual(names);
    });
  });

  test('that the server refuses close the channel: who asked, who waits and who listens all hear it', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const happened = events(channel);
      const [refused, waiting] = [channel.checkQueue('nope'), channel.checkQueue('q')].map(rejection);
      const error = await refused;
      expect(error.message).toBe(
        "Operation failed: QueueDeclare; 404 (NOT-FOUND) with message \"NOT_FOUND - no queue 'nope' in vhost '/'\"",
      );
      expect(error).toMatchObject({ code: 404, classId: 50, methodId: 10 });
      expect((await waiting).message).toBe('Channel ended, no reply will be forthcoming');
      expect(happened[0]).toMatch(/^error: Channel closed by server: 404 \(NOT-FOUND\) with message /);
      expect(happened[1]).toBe('close');
      const after = await rejection(channel.checkQueue('q'));
      expect([after.name, after.message]).toEqual(['IllegalOperationError', 'Channel closed']);
    });
  });

  test('under way when the channel is closed for something else say so', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      events(channel);
      channel.publish('nope', '', bytes('a'));
      const error = await rejection(channel.checkQueue('q'));
      expect(error.message).toMatch(/^Channel closed by server: 404/);
      expect(error).toMatchObject({ classId: 60, methodId: 40 });
    });
  });

  test('that cannot be encoded are refused, and the channel waits for their answer for ever', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      await expect(channel.checkQueue(7 as never)).rejects.toThrow("Field 'queue' is the wrong type");
      const stuck = rejection(channel.checkQueue('q'));
      await world.sleep(1000);
      await channel.close();
      expect((await stuck).message).toBe('Channel ended, no reply will be forthcoming');
    });
  });
});

describe('publishing', () => {
  test('takes a Buffer and nothing else, at once', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      expect(() => channel.sendToQueue('q', 'text' as never)).toThrow('content is not a buffer');
      expect(() => channel.publish('x', 7 as never, bytes('a'))).toThrow(
        "Field 'routingKey' is the wrong type",
      );
      expect(channel.sendToQueue('q', bytes('a'))).toBe(true);
    });
  });

  test('too much in one turn is not taken well, until it drains', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const drained = events(channel, ['drain']);
      const taken = Array.from({ length: 2047 }, () => channel.sendToQueue('q', bytes('a')));
      expect(taken.indexOf(false)).toBe(2046);
      await world.sleep(10);
      expect(drained).toEqual(['drain']);
      expect(channel.sendToQueue('q', bytes('a'))).toBe(true);
    });
  });

  test('what nobody gets comes back when it is mandatory', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const back: unknown[] = [];
      channel.on('return', ({ fields, content }) => back.push([fields, content.toString()]));
      channel.publish('', 'nope', bytes('a'), { mandatory: true });
      await world.sleep(10);
      const fields = { replyCode: 312, replyText: 'NO_ROUTE', exchange: '', routingKey: 'nope' };
      expect(back).toEqual([[fields, 'a']]);
    });
  });

  test('confirms call back, in the order of their messages', async () => {
    await run(async ({ connect }) => {
      const channel = await (await connect()).createConfirmChannel();
      await channel.assertQueue('full', { maxLength: 1, overflow: 'reject-publish' });
      const heard: string[] = [];
      for (const text of ['a', 'b'])
        channel.sendToQueue('full', bytes(text), {}, (error: Error | null) =>
          heard.push(`${text} ${error?.message ?? 'ok'}`),
        );
      await expect(channel.waitForConfirms()).rejects.toThrow('message nacked');
      expect(heard).toEqual(['a ok', 'b message nacked']);
      await expect(channel.waitForConfirms()).resolves.toBeUndefined();
    });
  });
});

describe('consuming', () => {
  test('calls back with what was published, and every property it has', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const headers = {
        list: [1, 'two'],
        when: { '!': 'timestamp', value: 5 },
        short: { '!': 'short', value: 3 },
      };
      channel.sendToQueue('q', bytes('héllo'), { persistent: true, headers, messageId: 'm1' });
      const [message] = await taken(world, channel, 1);
      expect(message.content.toString()).toBe('héllo');
      expect(message.properties).toMatchObject({ deliveryMode: 2, messageId: 'm1', contentType: undefined });
      expect(message.properties.headers).toEqual({ ...headers, short: 3 });
      expect(message.fields).toEqual({
        ...{ consumerTag: 'c', deliveryTag: 1, redelivered: false, exchange: '', routingKey: 'q' },
      });
    });
  });

  test('bytes that are no text arrive as they were', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      channel.sendToQueue('q', Buffer.from([0xff, 0, 0xc3]));
      const [{ content }] = await taken(world, channel, 1);
      expect([...content]).toEqual([0xff, 0, 0xc3]);
    });
  });

  test('a queue that goes calls back with null', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const given: (ConsumeMessage | null)[] = [];
      await channel.consume('q', (message) => given.push(message));
      await channel.deleteQueue('q');
      await world.sleep(10);
      expect(given).toEqual([null]);
    });
  });

  test('a callback that throws closes the channel with 541', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const happened: unknown[] = [];
      channel.on('error', ({ message, code }: Error & { code?: number }) => happened.push([message, code]));
      channel.on('close', () => happened.push('close'));
      channel.sendToQueue('q', bytes('a'));
      await channel.consume('q', () => {
        throw new Error('no');
      });
      await world.sleep(10);
      expect(happened).toEqual([['no', 541], 'close']);
    });
  });

  test('or tells whoever listens to handler errors', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const happened = events(channel, ['handler-error', 'close']);
      channel.sendToQueue('q', bytes('a'));
      await channel.consume('q', () => {
        throw new Error('no');
      });
      await world.sleep(10);
      expect(happened).toEqual(['handler-error: no']);
    });
  });

  test('get takes one, or says that there is none', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      channel.sendToQueue('q', bytes('a'));
      channel.sendToQueue('q', bytes('b'));
      const message = await channel.get('q');
      expect(message && message.fields).toMatchObject({ deliveryTag: 1, messageCount: 1 });
      if (message) channel.nack(message);
      expect(await channel.get('q', { noAck: true })).toMatchObject({ fields: { redelivered: true } });
      await channel.purgeQueue('q');
      expect(await channel.get('q')).toBe(false);
    });
  });

  test('settling again is an error of the channel', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      const happened = events(channel);
      channel.sendToQueue('q', bytes('a'));
      const [message] = await taken(world, channel, 1);
      channel.ack(message);
      channel.ack(message);
      await world.sleep(10);
      expect(happened[0]).toMatch(
        /406 \(PRECONDITION-FAILED\) with message "PRECONDITION_FAILED - unknown delivery tag 1"/,
      );
    });
  });

  test('what is not settled comes again after recover, nackAll, or a channel that ends', async () => {
    await run(async (world) => {
      const channel = await withQueue(world);
      channel.sendToQueue('q', bytes('a'));
      const again = await taken(world, channel, 1);
      await channel.recover();
      await world.sleep(10);
      channel.nackAll();
      await world.sleep(10);
      expect(again.map(({ fields }) => fields.redelivered)).toEqual([false, true, true]);
      await channel.close();
      const other = await (await world.connect()).createChannel();
      expect(await other.checkQueue('q')).toMatchObject({ messageCount: 1 });
    });
  });
});

/** Consumes under the tag "c"; what came by the time that there are so many, and all that comes later. */
async function taken(world: World, channel: Channel, count: number): Promise<ConsumeMessage[]> {
  const messages: ConsumeMessage[] = [];
  await channel.consume('q', (message) => message && messages.push(message), { consumerTag: 'c' });
  while (messages.length < count) await world.sleep(5);
  return messages;
}
