import { expect, test } from 'vitest';
import { LoneSqs } from './lone-sqs';

/** Of a standard queue on which tenant A has 35 of 40 messages in flight. */
function withNoisyA(): LoneSqs {
  const sqs = new LoneSqs();
  for (let i = 0; i < 60; i++) sqs.send('orders', `a${i}`, { MessageGroupId: 'A' });
  for (let i = 0; i < 4; i++) sqs.receive('orders');
  return sqs;
}

test('messages of quiet tenants go before those of a noisy one', () => {
  const sqs = withNoisyA();
  for (let i = 0; i < 3; i++) sqs.send('orders', `b${i}`, { MessageGroupId: 'B' });
  sqs.send('orders', 'nobody’s');
  const got = sqs.texts('orders');
  expect(got.slice(0, 4)).toEqual(['b0', 'b1', 'b2', 'nobody’s']);
  expect(got.slice(4)).toEqual(['a40', 'a41', 'a42', 'a43', 'a44', 'a45']);
});

test('among noisy ones, whoever has least in flight', () => {
  const sqs = withNoisyA();
  for (let i = 0; i < 60; i++) sqs.send('orders', `b${i}`, { MessageGroupId: 'B' });
  for (let i = 0; i < 3; i++) sqs.receive('orders');
  const tenants = sqs.state.queues.get('orders')!.tenants;
  expect([...tenants.values()].map(({ name, ranks }) => [name, ranks !== null])).toEqual([
    ['A', true],
    ['B', true],
  ]);
  expect(sqs.texts('orders')[0]).toBe('b30');
});

test('nothing of a tenant is lost when it grows quiet, by time or by having nothing left', () => {
  const sqs = withNoisyA();
  sqs.wait(300_000);
  const rest: string[] = [];
  for (let got = sqs.receive('orders'); got.length > 0; got = sqs.receive('orders')) {
    rest.push(...got.map(({ text }) => text));
    for (const { handle } of got) sqs.delete('orders', handle);
  }
  expect(rest.length).toBe(60);
  expect(new Set(rest).size).toBe(60);
  expect(sqs.state.queues.get('orders')!.tenants.size).toBe(0);
});

test('a few in flight make nobody noisy', () => {
  const sqs = new LoneSqs();
  for (let i = 0; i < 20; i++) sqs.send('orders', `a${i}`, { MessageGroupId: 'A' });
  sqs.receive('orders');
  sqs.send('orders', 'b', { MessageGroupId: 'B' });
  expect(sqs.texts('orders')[0]).toBe('a10');
});

test('what is hidden while its tenant stops being noisy shows again', () => {
  const sqs = new LoneSqs();
  for (let i = 0; i < 40; i++) sqs.send('orders', `a${i}`, { MessageGroupId: 'A' });
  const handles = new Map<string, string>();
  for (let i = 0; i < 4; i++) for (const { text, handle } of sqs.receive('orders')) handles.set(text, handle);
  const change = (text: string, seconds: number) => sqs.visibility('orders', handles.get(text)!, seconds);
  change('a30', 0);
  // with one that can be received, A is noisy from its next receive or change on
  change('a39', 100);
  change('a39', 0);
  change('a39', 5);
  expect(sqs.texts('orders')).toEqual(['a30']);
  sqs.wait(5000);
  expect(sqs.texts('orders')).toEqual(['a39']);
});
