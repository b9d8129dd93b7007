/** What clients see of a broker of three nodes. */
import type { ConsumeMessage } from 'amqplib';
import { expect, test } from 'vitest';
import { ClusterWorld } from './world';

test('what is declared through one node is known to all, and classic queues are reached from everywhere', async () => {
  const world = new ClusterWorld();
  const got: string[] = [];
  await world.run(async () => {
    const one = await (await world.connect(1)).createConfirmChannel();
    const two = await (await world.connect(2)).createChannel();
    await one.assertQueue('q');
    await two.consume('q', (message) => {
      got.push(message!.content.toString());
      two.ack(message!);
    });
    const three = await (await world.connect(3)).createConfirmChannel();
    three.sendToQueue('q', Buffer.from('a'));
    one.sendToQueue('q', Buffer.from('b'));
    await Promise.all([one.waitForConfirms(), three.waitForConfirms()]);
    await world.sleep(50);
    expect(await three.checkQueue('q')).toMatchObject({ messageCount: 0, consumerCount: 1 });
  });
  expect(got.sort()).toEqual(['a', 'b']);
  world.check();
});

test('a quorum queue goes on when its leader is lost, with everything that was confirmed', async () => {
  const world = new ClusterWorld();
  const got: string[] = [];
  await world.run(async () => {
    const one = await (await world.connect(1)).createChannel();
    await one.assertQueue('q', { arguments: { 'x-queue-type': 'quorum' } });
    const two = await (await world.connect(2)).createConfirmChannel();
    for (let i = 0; i < 10; i++) two.sendToQueue('q', Buffer.from(`${i}`));
    await two.waitForConfirms();
    world.crash(1);
    two.sendToQueue('q', Buffer.from('late'));
    await two.waitForConfirms();
    const three = await (await world.connect(3)).createChannel();
    await three.consume('q', (message) => {
      got.push(message!.content.toString());
      three.ack(message!);
    });
    await world.sleep(100);
    world.start(1);
    await world.sleep(10_000);
    expect(await (await (await world.connect(1)).createChannel()).checkQueue('q')).toMatchObject({ messageCount: 0, consumerCount: 1 }); // prettier-ignore
  });
  expect(got).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'late']);
  world.check();
});

test('without a majority it stands still, and goes on with it', async () => {
  const world = new ClusterWorld();
  let confirmed = false;
  await world.run(async () => {
    const channel = await (await world.connect(1)).createConfirmChannel();
    await channel.assertQueue('q', { arguments: { 'x-queue-type': 'quorum' } });
    world.crash(2);
    world.crash(3);
    await world.sleep(100);
    const waits = new Promise<void>((resolve) => {
      channel.sendToQueue('q', Buffer.from('a'), {}, () => {
        confirmed = true;
        resolve();
      });
    });
    await world.sleep(5000);
    expect(confirmed).toBe(false);
    world.start(2);
    await waits;
  });
  expect(confirmed).toBe(true);
});

test('a consumer of a lost node has its messages given to others', async () => {
  const world = new ClusterWorld();
  const got: string[] = [];
  await world.run(async () => {
    const one = await (await world.connect(1)).createConfirmChannel();
    await one.assertQueue('q', { arguments: { 'x-queue-type': 'quorum' } });
    const three = await (await world.connect(3)).createChannel();
    await three.consume('q', () => {});
    one.sendToQueue('q', Buffer.from('a'));
    await one.waitForConfirms();
    await world.sleep(50);
    await one.consume('q', (message) => {
      got.push(`${message!.content.toString()} ${message!.fields.redelivered}`);
      one.ack(message!);
    });
    world.crash(3);
    await world.sleep(1000);
  });
  expect(got).toEqual(['a true']);
});

test('a classic queue of a lost node is not there until its node is', async () => {
  const world = new ClusterWorld();
  await world.run(async () => {
    const two = await (await world.connect(2)).createConfirmChannel();
    await two.assertQueue('q');
    two.sendToQueue('q', Buffer.from('a'), { persistent: true });
    await two.waitForConfirms();
    const one = await (await world.connect(1)).createConfirmChannel();
    const seen: string[] = [];
    await one.consume('q', (message) => seen.push(message ? 'message' : 'cancelled'));
    await world.sleep(50);
    world.crash(2);
    await world.sleep(50);
    one.sendToQueue('q', Buffer.from('b'), { mandatory: true });
    await expect(one.waitForConfirms()).rejects.toThrow('message nacked');
    expect(seen).toEqual(['message', 'cancelled']);
    const other = await (await world.connect(1, 'other')).createChannel();
    other.on('error', () => {});
    await expect(other.checkQueue('q')).rejects.toThrow("failed to perform operation on queue 'q' in vhost '/' due to timeout"); // prettier-ignore
    world.start(2);
    await world.sleep(50);
    expect(await one.checkQueue('q')).toMatchObject({ messageCount: 1 });
  });
});

test('a stream is read on every node, and goes on when its leader is lost', async () => {
  const world = new ClusterWorld();
  const got: string[] = [];
  await world.run(async () => {
    const one = await (await world.connect(1)).createChannel();
    await one.assertQueue('s', { arguments: { 'x-queue-type': 'stream' } });
    const two = await (await world.connect(2)).createConfirmChannel();
    for (let i = 0; i < 5; i++) two.sendToQueue('s', Buffer.from(`${i}`));
    await two.waitForConfirms();
    const three = await (await world.connect(3)).createChannel();
    await three.prefetch(100);
    await three.consume('s', (message) => got.push(message!.content.toString()), { arguments: { 'x-stream-offset': 'first' } }); // prettier-ignore
    await world.sleep(10);
    expect(got).toEqual(['0', '1', '2', '3', '4']);
    world.crash(1);
    for (let i = 5; i < 8; i++) two.sendToQueue('s', Buffer.from(`${i}`));
    await two.waitForConfirms();
    await world.sleep(100);
  });
  expect(got).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
});

test.each([1, 3])(
  'dead letters that must not be lost wait until they have somewhere to go, on %d nodes',
  async (nodes) => {
    const world = new ClusterWorld(1, '4.0', nodes);
    await world.run(async () => {
      const channel = await (
        await (nodes === 1 ? world.connectAlone() : world.connect(1))
      ).createConfirmChannel();
      const given = { 'x-queue-type': 'quorum', 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead', 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' }; // prettier-ignore
      await channel.assertQueue('q', { arguments: given });
      channel.sendToQueue('q', Buffer.from('a'));
      await channel.waitForConfirms();
      await channel.consume('q', (message) => channel.nack(message!, false, false));
      await world.sleep(1000);
      await channel.assertQueue('dead', { arguments: { 'x-queue-type': 'quorum' } });
      await world.sleep(200_000);
      expect(await channel.checkQueue('dead')).toMatchObject({ messageCount: 1 });
      await world.sleep(200_000);
      expect(await channel.checkQueue('dead')).toMatchObject({ messageCount: 1 });
    });
  },
);

test('a node that was away for longer than the log reaches back gets a copy of the queue', async () => {
  const world = new ClusterWorld();
  await world.run(async () => {
    const channel = await (await world.connect(1)).createConfirmChannel();
    await channel.assertQueue('q', { arguments: { 'x-queue-type': 'quorum' } });
    world.crash(3);
    await world.sleep(10);
    for (let round = 0; round < 50; round++) {
      for (let i = 0; i < 100; i++) channel.sendToQueue('q', Buffer.from('a'));
      await channel.waitForConfirms();
    }
    world.start(3);
    await world.sleep(10_000);
  });
  expect(world.quorum(3, 'q').ready).toHaveLength(5000);
  expect(world.quorum(3, 'q')).toEqual(world.quorum(1, 'q'));
});

test('an acknowledgement of what was given out before a node was lost does not settle what it gives out afterwards', async () => {
  const world = new ClusterWorld();
  const got: ConsumeMessage[] = [];
  await world.run(async () => {
    const one = await (await world.connect(1)).createChannel();
    await one.assertQueue('q');
    const two = await (await world.connect(2)).createConfirmChannel();
    two.sendToQueue('q', Buffer.from('a'), { persistent: true });
    await two.waitForConfirms();
    const take = (message: ConsumeMessage | null): void => void (message && got.push(message));
    await two.consume('q', take);
    await world.sleep(500);
    world.crash(1);
    await world.sleep(100);
    world.start(1);
    await world.sleep(1000);
    await two.consume('q', take);
    await world.sleep(100);
    two.ack(got[0]);
    await two.close();
    await world.sleep(100);
    expect(got.map(({ fields }) => fields.redelivered)).toEqual([false, true]);
    const three = await (await world.connect(3)).createChannel();
    expect(await three.checkQueue('q')).toMatchObject({ messageCount: 1 });
  });
  world.check();
});
