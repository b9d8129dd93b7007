/** One sentence per behaviour of rabbit_fifo, 3.10.8 and 4.0.5. */
import { describe, expect, test } from 'vitest';
import { cloneFifo, readyCount } from '../../../../src/brokers/rabbitmq/quorum/fifo-state';
import { applyCommand } from '../../../../src/brokers/rabbitmq/quorum/apply';
import { BareFifo, channel, other, publication } from './bare-fifo';

describe('publishing and consuming', () => {
  test('messages go out in order, as far as the prefetch goes, and on as they are acknowledged', () => {
    const queue = new BareFifo();
    queue.publish(1, 2, 3);
    queue.consume('a', 2);
    expect(queue.heard()).toEqual(['a got 1 as 0', 'a got 2 as 1']);
    queue.settle('Settle', 'a', 0);
    expect(queue.heard()).toEqual(['a got 3 as 2']);
    expect(readyCount(queue.fifo)).toBe(0);
  });

  test('consumers take turns, those of higher priority first', () => {
    const queue = new BareFifo();
    queue.consume('low', 10);
    queue.consume('high', 1, 5);
    queue.consume('other', 10);
    queue.publish(1, 2, 3, 4);
    expect(queue.heard()).toEqual([
      'high got 1 as 0',
      'low got 2 as 0',
      'other got 3 as 0',
      'low got 4 as 1',
    ]);
  });

  test('what a channel sends twice is taken once, and what is missing before it is waited for', () => {
    const queue = new BareFifo();
    const command = { type: 'Enqueue', channel, seq: 1, publication: publication(1) } as const;
    expect(queue.run(command)).toEqual({ type: 'Enqueued' });
    expect(queue.run(command)).toEqual({ type: 'Enqueued' });
    expect(queue.run({ ...command, seq: 3 })).toEqual({ type: 'NotEnqueued' });
    expect(readyCount(queue.fifo)).toBe(1);
  });

  test('of three messages two are of high priority in 4.0, and nothing is before its time in 3.10', () => {
    for (const [version, order] of [
      ['4.0', [5, 6, 1, 7, 8, 2, 3, 4]],
      ['3.10', [1, 2, 3, 4, 5, 6, 7, 8]],
    ] as const) {
      const queue = new BareFifo({ version });
      queue.publish(1, 2, 3, 4);
      for (const high of [5, 6, 7, 8]) queue.enqueue(publication(high, { priority: 5 }));
      queue.consume('a');
      expect(queue.heard().map((said) => Number(said.split(' ')[2]))).toEqual(order);
    }
  });

  test('a get takes one and says how many are left', () => {
    const queue = new BareFifo();
    queue.publish(1, 2);
    const get = { type: 'Dequeue', channel, tag: 'get', settled: false } as const;
    expect(queue.run(get)).toMatchObject({
      type: 'Dequeued',
      id: 0,
      message: { publication: { message: 1 } },
      ready: 1,
    });
    queue.settle('Return', 'get', 0);
    expect(queue.run(get)).toMatchObject({ message: { publication: { message: 1 }, acquired: 1 } });
    queue.settle('Settle', 'get', 0);
    expect(queue.fifo.consumers.size).toBe(0);
  });

  test('purging takes what is ready and leaves what is out', () => {
    const queue = new BareFifo();
    queue.publish(1, 2, 3);
    queue.consume('a', 1);
    expect(queue.run({ type: 'Purge' })).toEqual({ type: 'Purged', count: 2 });
    queue.settle('Return', 'a', 0);
    expect(queue.heard()).toEqual(['a got 1 as 0', 'a got 1 as 1 again 1']);
  });
});

describe('giving back', () => {
  test('with a delivery limit messages come back to the front, in the order given in 4.0 and got in 3.10', () => {
    for (const [version, order] of [
      ['4.0', [3, 1, 2]],
      ['3.10', [1, 2, 3]],
    ] as const) {
      const queue = new BareFifo({ version, deliveryLimit: 5 });
      queue.publish(1, 2, 3, 4);
      queue.consume('a', 3);
      queue.heard();
      queue.run({ type: 'CancelCheckout', channel, tag: 'a' });
      queue.settle('Return', 'a', 2, 0, 1);
      queue.consume('b');
      expect(queue.heard().map((said) => Number(said.split(' ')[2]))).toEqual([...order, 4]);
    }
  });

  test('without a limit they go to the tail', () => {
    const queue = new BareFifo({ deliveryLimit: null });
    queue.publish(1, 2, 3);
    queue.consume('a', 1);
    queue.run({ type: 'Requeue', channel, tag: 'a', id: 0 });
    expect(queue.heard()).toEqual(['a got 1 as 0', 'a got 2 as 1']);
    queue.run({ type: 'Requeue', channel, tag: 'a', id: 1 });
    queue.run({ type: 'Requeue', channel, tag: 'a', id: 2 });
    expect(queue.heard()).toEqual(['a got 3 as 2', 'a got 1 as 3 again 1']);
  });

  test('what has come back once too often is dead', () => {
    const queue = new BareFifo({ deliveryLimit: 2 });
    queue.publish(1);
    queue.consume('a', 1);
    for (const id of [0, 1, 2]) queue.settle('Return', 'a', id);
    expect(queue.heard()).toEqual([
      'a got 1 as 0',
      'a got 1 as 1 again 1',
      'a got 1 as 2 again 2',
      '1 delivery_limit',
    ]);
  });

  test('3.10 gives a consumer one more than its prefetch after each message that died of the limit', () => {
    for (const [version, inHand] of [
      ['3.10', 2],
      ['4.0', 1],
    ] as const) {
      const queue = new BareFifo({ version, deliveryLimit: 0 });
      queue.publish(1, 2, 3, 4);
      queue.consume('a', 1);
      queue.settle('Return', 'a', 0);
      expect([...queue.fifo.consumers.values()][0].checkedOut.size).toBe(inHand);
    }
  });

  test('a channel that goes gives back what it had, in order and to the front, and that counts', () => {
    const queue = new BareFifo({ deliveryLimit: null });
    queue.publish(1, 2, 3);
    queue.consume('a', 2);
    queue.run({ type: 'ChannelDown', channel });
    queue.consume('b', 10, 0, other);
    expect(queue.heard().slice(2)).toEqual(['b got 1 as 0 again 1', 'b got 2 as 1 again 1', 'b got 3 as 2']);
  });

  test('a node that is lost gives back, and its consumers go on when it is there again', () => {
    const queue = new BareFifo();
    queue.publish(1);
    queue.consume('far', 1, 0, other);
    queue.run({ type: 'NodeDown', node: 2 });
    expect(readyCount(queue.fifo)).toBe(1);
    queue.run({ type: 'NodeUp', node: 2 });
    expect(queue.heard()).toEqual(['far got 1 as 0', 'far got 1 as 1 again 1']);
  });

  test('a cancelled consumer keeps what it has', () => {
    const queue = new BareFifo();
    queue.publish(1, 2);
    queue.consume('a', 1);
    queue.run({ type: 'CancelCheckout', channel, tag: 'a' });
    queue.settle('Settle', 'a', 0);
    expect(queue.heard()).toEqual(['a got 1 as 0']);
    expect(queue.fifo.consumers.size).toBe(0);
  });
});

describe('single active consumer', () => {
  test('one consumes, the next in line when it is cancelled, before it has acknowledged', () => {
    const queue = new BareFifo({ singleActiveConsumer: true });
    queue.consume('a', 1);
    queue.consume('b', 10);
    queue.publish(1, 2);
    expect(queue.heard()).toEqual(['a got 1 as 0']);
    queue.run({ type: 'CancelCheckout', channel, tag: 'a' });
    expect(queue.heard()).toEqual(['b got 2 as 0']);
  });

  test('in 4.0 a higher priority takes over once nothing is in hand, in 3.10 it waits', () => {
    for (const [version, order] of [
      ['4.0', ['a got 1 as 0', 'b got 2 as 0']],
      ['3.10', ['a got 1 as 0', 'a got 2 as 1']],
    ] as const) {
      const queue = new BareFifo({ version, singleActiveConsumer: true });
      queue.publish(1, 2);
      queue.consume('a', 1);
      queue.consume('b', 1, 10);
      expect(queue.heard()).toEqual(['a got 1 as 0']);
      queue.settle('Settle', 'a', 0);
      expect(['a got 1 as 0', ...queue.heard()]).toEqual(order);
    }
  });

  test('there is no get', () => {
    const queue = new BareFifo({ singleActiveConsumer: true });
    expect(queue.run({ type: 'Dequeue', channel, tag: 'get', settled: true })).toEqual({
      type: 'Unsupported',
    });
  });
});

describe('limits', () => {
  test('over its length the head is dropped', () => {
    const queue = new BareFifo({ maxLength: 2 });
    queue.publish(1, 2, 3);
    expect(queue.heard()).toEqual(['1 maxlen']);
  });

  test('with reject-publish one too many is let in, and publishers go on below four fifths', () => {
    const queue = new BareFifo({ maxLength: 5, overflow: 'reject-publish' });
    queue.publish(1, 2, 3, 4, 5);
    expect(queue.heard()).toEqual([]);
    queue.publish(6);
    expect(queue.heard()).toEqual(['one reject-publish']);
    const get = { type: 'Dequeue', channel, tag: 'get', settled: true } as const;
    queue.run(get);
    expect(queue.run({ type: 'RegisterEnqueuer', channel: other })).toEqual({ type: 'Status', status: 'go' });
    expect(queue.heard()).toEqual([]);
    queue.run(get);
    expect(queue.heard()).toEqual(['one go', 'two go']);
  });

  test('a message expires at the head only', () => {
    const queue = new BareFifo();
    queue.enqueue(publication(1));
    queue.enqueue(publication(2, { expiration: '100' }));
    queue.after(200);
    expect(queue.heard()).toEqual([]);
    queue.consume('a', 1);
    expect(queue.heard()).toEqual(['a got 1 as 0', '2 expired']);
  });

  test('the shorter time to live counts, and none at all is a millisecond', () => {
    const queue = new BareFifo({ messageTtl: 1_000_000 });
    queue.enqueue(publication(1, { expiration: '0' }));
    queue.enqueue(publication(2, { expiration: '5000' }));
    queue.after(1);
    expect(queue.heard()).toEqual(['1 expired']);
    queue.after(1000);
    expect(queue.heard()).toEqual(['2 expired']);
  });

  test('dead letters that must not be lost count until they have arrived, and are handed out again to the next worker', () => {
    const queue = new BareFifo({ maxLength: 1, overflow: 'reject-publish', deadLettering: 'at-least-once' });
    queue.publish(1);
    queue.run({ type: 'Dequeue', channel, tag: 'get', settled: false });
    queue.settle('Discard', 'get', 0);
    expect(queue.heard()).toEqual(['one go', '1 rejected']);
    queue.run({ type: 'CheckoutDeadLetters', prefetch: 32 });
    expect(queue.heard()).toEqual(['worker got 1 rejected as 0']);
    queue.publish(2);
    expect(queue.heard()).toEqual(['one reject-publish']);
    queue.run({ type: 'CheckoutDeadLetters', prefetch: 32 });
    expect(queue.heard()).toEqual(['worker got 1 rejected as 0']);
    queue.run({ type: 'SettleDeadLetters', ids: [0] });
    queue.run({ type: 'Purge' });
    expect(queue.heard()).toEqual(['one go']);
  });
});

test('a copy goes on by itself', () => {
  const queue = new BareFifo();
  queue.publish(1, 2);
  queue.consume('a', 1);
  const copy = cloneFifo(queue.fifo);
  applyCommand(copy, { type: 'Settle', channel, tag: 'a', ids: [0] }, 0);
  expect(readyCount(queue.fifo)).toBe(1);
  expect(readyCount(copy)).toBe(0);
});
