import { expect, test } from 'vitest';
import { LoneSqs } from './lone-sqs';

const longPoll = { type: 'ReceiveMessageRequest', QueueUrl: 'orders', WaitTimeSeconds: 20 } as const;

test('a long poll is answered at the instant a message comes, the first who waits first', () => {
  const sqs = new LoneSqs();
  const first = sqs.call(longPoll);
  const second = sqs.call(longPoll);
  sqs.wait(7000);
  sqs.send('orders', 'a');
  expect(sqs.received(first).map(({ text }) => text)).toEqual(['a']);
  expect(sqs.answers.get(first)?.atMs).toBe(7000);
  expect(sqs.answers.has(second)).toBe(false);
  sqs.wait(13_000);
  expect(sqs.received(second)).toEqual([]);
  expect(sqs.answers.get(second)?.atMs).toBe(20_000);
});

test('delays and timeouts that end wake it too', () => {
  const sqs = new LoneSqs();
  sqs.send('orders', 'a', { DelaySeconds: 3 });
  const poll = sqs.call({ ...longPoll, VisibilityTimeout: 4 });
  sqs.wait(3000);
  expect(sqs.answers.get(poll)?.atMs).toBe(3000);
  const again = sqs.call(longPoll);
  sqs.wait(4000);
  expect(sqs.answers.get(again)?.atMs).toBe(7000);
});

test('the queue’s own wait is used where the call says none', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { ReceiveMessageWaitTimeSeconds: '2' } }]);
  const poll = sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'orders' });
  sqs.wait(1999);
  expect(sqs.answers.has(poll)).toBe(false);
  sqs.wait(1);
  expect(sqs.received(poll)).toEqual([]);
});

test('who has gone is not served', () => {
  const sqs = new LoneSqs();
  const poll = sqs.call(longPoll);
  sqs.close(poll);
  sqs.send('orders', 'a');
  expect(sqs.answers.has(poll)).toBe(false);
  expect(sqs.texts('orders')).toEqual(['a']);
});

test('a short poll asks some hosts only: it may find nothing, and finds all in the end', () => {
  const sqs = new LoneSqs(undefined, { hosts: 8, hostsSampled: 2 });
  for (const text of ['a', 'b', 'c']) sqs.send('orders', text);
  const found = Array.from({ length: 60 }, () => sqs.texts('orders'));
  expect(found.flat().sort()).toEqual(['a', 'b', 'c']);
  expect(found[0].length).toBeLessThan(3);
});

test('a long poll asks all hosts', () => {
  const sqs = new LoneSqs(undefined, { hosts: 8, hostsSampled: 1 });
  for (const text of ['a', 'b', 'c']) sqs.send('orders', text);
  expect(sqs.texts('orders', { WaitTimeSeconds: 1 })).toEqual(['a', 'b', 'c']);
});

test('order is best effort: it depends on the seed', () => {
  const order = (seed: number) => {
    const sqs = new LoneSqs(undefined, { outOfOrderProbability: 0.5, orderWindow: 4 }, seed);
    for (let i = 0; i < 10; i++) sqs.send('orders', String(i));
    return sqs.texts('orders').join('');
  };
  expect(order(1)).not.toBe(order(2));
  expect(order(1)).toBe(order(1));
  expect([...order(1)].sort().join('')).toBe('0123456789');
});

test('a deleted message may come back, rarely: a copy survived on a host', () => {
  const sqs = new LoneSqs(undefined, { duplicateProbability: 1 });
  sqs.send('orders', 'a');
  const [{ handle }] = sqs.receive('orders');
  sqs.delete('orders', handle);
  expect(sqs.factsOf('CopySurvived')).toMatchObject([{ kind: 'duplicated', position: 0 }]);
  sqs.configure({ duplicateProbability: 0 });
  sqs.wait(30_000);
  const [again] = sqs.receive('orders');
  expect(again.text).toBe('a');
  sqs.delete('orders', again.handle);
  expect(sqs.counts('orders')).toEqual([0, 0, 0]);
});
