import { expect, test } from 'vitest';
import { codeOf, LoneSqs } from './lone-sqs';
import type { Sent } from '../../../../src/brokers/aws/sqs/protocol';

const queue = 'orders.fifo';
const fifo = (attributes: Readonly<Record<string, string>> = {}) =>
  new LoneSqs([{ name: queue, attributes }]);
const idOf = (sqs: LoneSqs, text: string, more: Partial<Sent>) => {
  const answer = sqs.send(queue, text, { MessageGroupId: 'g', ...more });
  if (answer.type === 'ErrorResponse') throw new Error(answer.message);
  return `${answer.MessageId} ${answer.SequenceNumber}`;
};

test('the same id is answered with the first message, and adds nothing', () => {
  const sqs = fifo();
  const first = idOf(sqs, 'a', { MessageDeduplicationId: 'x' });
  expect(idOf(sqs, 'b', { MessageDeduplicationId: 'x', MessageGroupId: 'other' })).toBe(first);
  expect(sqs.texts(queue)).toEqual(['a']);
  expect(sqs.factsOf('MessageDeduplicated')).toMatchObject([{ kind: 'skipped', position: 0, detail: 'x' }]);
});

test('for five minutes, deleted or not', () => {
  const sqs = fifo();
  const first = idOf(sqs, 'a', { MessageDeduplicationId: 'x' });
  sqs.delete(queue, sqs.receive(queue)[0].handle);
  sqs.wait(299_999);
  expect(idOf(sqs, 'a', { MessageDeduplicationId: 'x' })).toBe(first);
  sqs.wait(1);
  expect(idOf(sqs, 'a', { MessageDeduplicationId: 'x' })).not.toBe(first);
  expect(sqs.texts(queue)).toEqual(['a']);
});

test('by content: of the body alone, and an id of its own goes before', () => {
  const sqs = fifo({ ContentBasedDeduplication: 'true' });
  const attribute = { DataType: 'String', StringValue: 'x' };
  const first = idOf(sqs, 'a', {});
  expect(idOf(sqs, 'a', { MessageAttributes: { attribute } })).toBe(first);
  expect(idOf(sqs, 'b', {})).not.toBe(first);
  expect(idOf(sqs, 'a', { MessageDeduplicationId: 'own' })).not.toBe(first);
});

test('within each group, where the scope is the message group', () => {
  const sqs = fifo({ DeduplicationScope: 'messageGroup' });
  const first = idOf(sqs, 'a', { MessageDeduplicationId: 'x' });
  expect(idOf(sqs, 'a', { MessageDeduplicationId: 'x' })).toBe(first);
  expect(idOf(sqs, 'b', { MessageDeduplicationId: 'x', MessageGroupId: 'h' })).not.toBe(first);
});

test('a change of scope is not there at once', () => {
  const sqs = fifo();
  const first = idOf(sqs, 'a', { MessageDeduplicationId: 'x' });
  sqs.set(queue, { DeduplicationScope: 'messageGroup' });
  expect(idOf(sqs, 'b', { MessageDeduplicationId: 'x', MessageGroupId: 'h' })).toBe(first);
  sqs.wait(60_000);
  expect(idOf(sqs, 'b', { MessageDeduplicationId: 'x', MessageGroupId: 'h' })).not.toBe(first);
});

test('a purge forgets', () => {
  const sqs = fifo();
  const first = idOf(sqs, 'a', { MessageDeduplicationId: 'x' });
  sqs.ask({ type: 'PurgeQueueRequest', QueueUrl: queue });
  expect(idOf(sqs, 'b', { MessageDeduplicationId: 'x' })).not.toBe(first);
  expect(sqs.texts(queue)).toEqual(['b']);
});

test('what a FIFO queue needs', () => {
  const sqs = fifo();
  expect(codeOf(sqs.send(queue, 'a', { MessageDeduplicationId: 'x' }))).toBe('MissingParameter');
  expect(codeOf(sqs.send(queue, 'a', { MessageGroupId: 'g' }))).toBe('InvalidParameterValue');
  for (const id of ['', 'a'.repeat(129), 'group 123'])
    expect(codeOf(sqs.send(queue, 'a', { MessageGroupId: 'g', MessageDeduplicationId: id }))).toBe(
      'InvalidParameterValue',
    );
});
