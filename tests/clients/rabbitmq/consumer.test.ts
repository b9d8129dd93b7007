import { describe, expect, test } from 'vitest';
import { Receiver } from './conversation';

const acks = (receiver: Receiver) => receiver.all('BasicAck').map(({ deliveryTag }) => deliveryTag);

describe('consuming', () => {
  test('it sets its prefetch limit before it consumes', () => {
    const receiver = new Receiver({ prefetch: 2, priority: 3 }).connected();
    expect(receiver.sent.map(({ type }) => type)).toEqual([
      'ConnectionOpen',
      'ChannelOpen',
      'BasicQos',
      'BasicConsume',
    ]);
    expect(receiver.last('BasicConsume')).toMatchObject({ queue: 'email', arguments: { 'x-priority': 3 } });
  });

  test('its handler gets one message at a time, in order, with the broker’s fact as cause', () => {
    const receiver = new Receiver().connected().given(['a', 'b']);
    expect(receiver.begun).toEqual(['a']);
    expect(receiver.told[0].delivery).toEqual({
      ...{ message: 0, source: 'rabbit/queue/email', position: 1, group: 'mail', cause: 7 },
    });
    expect(receiver.handled('a').begun).toEqual(['a', 'b']);
  });

  test('or as many as it is told', () => {
    expect(new Receiver({ concurrency: 2 }).connected().given(['a', 'b', 'c']).begun).toEqual(['a', 'b']);
  });

  test('it acknowledges what is handled, each by itself', () => {
    const receiver = new Receiver({ concurrency: 2 }).connected().given(['a', 'b']);
    receiver.handled('b').handled('a');
    expect(acks(receiver)).toEqual([2, 1]);
  });

  test('or before its handler begins', () => {
    const receiver = new Receiver({ ack: 'before' }).connected().given(['a']);
    expect(acks(receiver)).toEqual([1]);
    expect(receiver.begun).toEqual(['a']);
    receiver.handled('a');
    expect(acks(receiver)).toEqual([1]);
  });

  test('with noAck it never does', () => {
    const receiver = new Receiver({ noAck: true }).connected().given(['a', 'b']).handled('a').handled('b');
    expect(acks(receiver)).toEqual([]);
    expect(receiver.begun).toEqual(['a', 'b']);
  });

  test.each([
    ['requeue', 'BasicNack', { requeue: true }],
    ['reject', 'BasicReject', { requeue: false }],
    ['ack', 'BasicAck', {}],
  ] as const)('what its handler throws on is settled by %s', (onFailure, type, fields) => {
    const receiver = new Receiver({ onFailure }).connected().given(['a']).failed('a');
    expect(receiver.last(type)).toMatchObject({ deliveryTag: 1, ...fields });
    expect(receiver.story).toEqual(['failed HandlerFailed 0']);
  });
});

describe('a lost channel', () => {
  test('what was begun goes on in vain, what was not is forgotten', () => {
    const receiver = new Receiver().connected().given(['a', 'b']).hangUp().handled('a');
    expect(acks(receiver)).toEqual([]);
    expect(receiver.begun).toEqual(['a']);
    expect(receiver.story).toEqual(['failed ConnectionLost', 'failed AckFailed 0']);
  });

  test('a late answer does not settle a message of the new channel', () => {
    const receiver = new Receiver({ concurrency: 2 }).connected().given(['a']).hangUp().wait(130).connected();
    receiver.given(['a2'], true).handled('a');
    expect(acks(receiver)).toEqual([]);
    expect(acks(receiver.handled('a2'))).toEqual([1]);
  });

  test('what it need not acknowledge it keeps', () => {
    const receiver = new Receiver({ noAck: true }).connected().given(['a', 'b']).hangUp();
    expect(receiver.handled('a').begun).toEqual(['a', 'b']);
  });

  test('it consumes again when it is connected', () => {
    const receiver = new Receiver({ prefetch: 1 }).connected().hangUp().wait(130).connected();
    expect(receiver.all('BasicConsume')).toHaveLength(2);
    expect(receiver.given(['b']).begun).toEqual(['b']);
  });

  test('a queue that is gone is asked for again, ever more slowly', () => {
    const receiver = new Receiver().connected().says('BasicCancel', { consumerTag: 'amq.ctag-1' });
    expect(receiver.facts.at(-1)).toMatchObject({ type: 'ConsumerCancelled', subject: 'rabbit/queue/email' });
    const missing = { replyCode: 404, replyText: "NOT_FOUND - no queue 'email'", classId: 60, methodId: 20 };
    receiver.says('ChannelClose', missing).wait(130).says('ChannelOpenOk').says('ChannelClose', missing);
    expect(receiver.reminder('Reconnect')).toBeGreaterThan(150);
    expect(receiver.all('BasicConsume')).toHaveLength(3);
  });
});

describe('another design', () => {
  test('a new prefetch limit takes a new consumer', () => {
    const receiver = new Receiver({ prefetch: 1 }).connected().given(['a']).configure({ prefetch: 5 });
    receiver.handled('a').setUp();
    const since = receiver.sent.slice(4).map(({ type }) => type);
    expect(since.filter((type) => type !== 'BasicAck')).toEqual(['BasicCancel', 'BasicQos', 'BasicConsume']);
    expect(receiver.last('BasicQos').prefetchCount).toBe(5);
  });

  test('when it acknowledges changes with the next message', () => {
    const receiver = new Receiver().connected().given(['a', 'b']).configure({ ack: 'before' });
    receiver.handled('a');
    expect(acks(receiver)).toEqual([1, 2]);
    expect(receiver.picture.process!.steps).toEqual(['receive', 'ack', 'apply']);
  });

  test('its queue stays', () => {
    expect(() => new Receiver().configure({ queue: 'other' })).toThrow('cannot be changed while it runs');
  });
});

describe('told to', () => {
  test('pause, it is cancelled, keeps what it has, and consumes again when told', () => {
    const receiver = new Receiver().connected().given(['a', 'b']).hand({ type: 'Pause' });
    expect(receiver.last('BasicCancel').consumerTag).toBe('amq.ctag-1');
    expect(receiver.picture.condition).toBe('paused');
    expect(receiver.handled('a').begun).toEqual(['a', 'b']);
    receiver.setUp().hand({ type: 'Resume' });
    expect(receiver.all('BasicConsume')).toHaveLength(2);
  });

  test('stop, it finishes what it has begun, and closes', () => {
    const receiver = new Receiver().connected().given(['a', 'b']).hand({ type: 'Stop' });
    expect(receiver.all('ConnectionClose')).toHaveLength(0);
    receiver.handled('a');
    expect(acks(receiver)).toEqual([1]);
    expect(receiver.begun).toEqual(['a']);
    expect(receiver.sent.at(-1)).toMatchObject({ type: 'ConnectionClose', replyCode: 200 });
    receiver.says('ConnectionCloseOk', { channel: 0 });
    expect(receiver.disconnected).toEqual(['rabbit']);
    expect(receiver.timers).toEqual([]);
  });
});

test('what it holds unacknowledged lies in its slots', () => {
  const receiver = new Receiver({ prefetch: 3 }).connected().given(['a', 'b'], true);
  const { slots, queued } = receiver.picture.process!;
  expect(slots).toMatchObject({ size: 3, count: 2 });
  expect(slots!.messages.map(({ face, tag, redelivered }) => [face.label, tag, redelivered])).toEqual([
    ['a', 1, true],
    ['b', 2, true],
  ]);
  expect(queued!.map(({ label }) => label)).toEqual(['b']);
});

test('without a limit and without acknowledgements there are no slots', () => {
  expect(new Receiver().connected().picture.process!.slots!.size).toBeNull();
  expect(new Receiver({ noAck: true }).connected().picture.process!.slots).toBeUndefined();
});
