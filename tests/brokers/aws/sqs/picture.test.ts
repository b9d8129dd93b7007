import { expect, test } from 'vitest';
import { part } from '../../../../src/brokers/aws/sqs/broker';
import type { Pile } from '../../../../src/kernel/queue-shapes';
import { ms, seconds } from '../../../../src/kernel/time';
import { LoneSqs } from './lone-sqs';

function pile(sqs: LoneSqs, name: string, cells = 10): Pile {
  const face = (message: number) => ({
    message,
    domain: 'order' as const,
    label: String(message),
    key: null,
    version: 0,
  });
  const look = { now: ms(sqs.nowMs), cells, rows: 10, face, laneEnd: () => null };
  const { shapes = [] } = part.describe!(sqs.state, look);
  return shapes.find((shape) => shape.address === `sqs/${name}`) as Pile;
}

test('a queue is a pile: what lies in it, in which state and until when, and who polls', () => {
  const sqs = new LoneSqs();
  for (const text of ['a', 'b']) sqs.send('orders', text);
  sqs.send('orders', 'c', { DelaySeconds: 5 });
  sqs.receive('orders', { MaxNumberOfMessages: 1 });
  expect(pile(sqs, 'orders')).toMatchObject({
    ...{ type: 'standard', available: 1, inFlight: 1, delayed: 1, deadLetter: null, groups: [] },
    cells: [
      { state: 'in flight', until: seconds(30), hiddenAt: 0, receives: 1, holder: 'client' },
      { state: 'available', until: null, hiddenAt: null, receives: 0, holder: null },
      { state: 'delayed', until: seconds(5), receives: 0 },
    ],
  });
  expect(pile(sqs, 'orders', 2).cells).toHaveLength(2);
  sqs.receive('orders');
  sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'orders', WaitTimeSeconds: 3 }, 'worker');
  expect(pile(sqs, 'orders').polling).toEqual([{ process: 'worker', until: seconds(3) }]);
});

test('groups of a FIFO queue, until when they are locked, and what was left out', () => {
  const sqs = new LoneSqs([{ name: 'q.fifo' }]);
  sqs.sendTo('q.fifo', 'g', '1', '2');
  sqs.sendTo('q.fifo', 'h', '3');
  sqs.receive('q.fifo', { MaxNumberOfMessages: 1 });
  sqs.sendTo('q.fifo', 'g', '2');
  expect(pile(sqs, 'q.fifo')).toMatchObject({
    type: 'fifo',
    groups: [
      { name: 'g', count: 2, lockedUntil: seconds(30) },
      { name: 'h', count: 1, lockedUntil: null },
    ],
    left: { reason: 'duplicate', at: 0 },
  });
});

test('tokens carry messages to a queue and from it', () => {
  const sqs = new LoneSqs();
  const Body = sqs.content('a');
  const send = { type: 'SendMessageRequest', QueueUrl: 'orders', Body } as const;
  expect(part.cargo!(send)).toEqual([{ lane: 'orders', messages: [Body.message] }]);
  sqs.ask(send);
  const connection = sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'orders' });
  const response = sqs.answers.get(connection)!.message;
  expect(part.cargo!(response as typeof send)).toEqual([
    { lane: 'orders', messages: [Body.message], positions: [0] },
  ]);
  expect(part.cargo!({ type: 'DeleteMessageRequest' })).toEqual([]);
});
