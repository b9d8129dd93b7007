import { describe, expect, test } from 'vitest';
import { Publisher } from './conversation';

const acked = (publisher: Publisher, deliveryTag: number, multiple = false) =>
  publisher.says('BasicAck', { deliveryTag, multiple });

describe('connecting', () => {
  test('it opens a connection, a channel and confirms, one call after the other', () => {
    const publisher = new Publisher().connected();
    expect(publisher.sent.map(({ type }) => type)).toEqual([
      'ConnectionOpen',
      'ChannelOpen',
      'ConfirmSelect',
    ]);
    expect(publisher.last('ConnectionOpen')).toMatchObject({ heartbeat: 60, virtualHost: '/' });
  });

  test('what is published before the channel is there goes out when it is, in order', () => {
    const publisher = new Publisher().hand({ type: 'Start' }).publish(['a', 'b']);
    expect(publisher.published).toEqual([]);
    expect(publisher.connected().published).toEqual(['a', 'b']);
  });

  test('without confirms it asks for none', () => {
    expect(new Publisher({ confirm: false }).connected().all('ConfirmSelect')).toEqual([]);
  });
});

describe('where a message goes', () => {
  test.each([
    [{}, '', 'orders'],
    [{ exchange: 'events' }, 'events', 'orders'],
    [{ exchange: 'events', routingKey: 'order.new' }, 'events', 'order.new'],
    [{ exchange: 'events', routingKey: 'key' }, 'events', 'mug'],
    [{ routingKey: 'type' }, 'orders', 'OrderPlaced'],
    [{ exchange: '', routingKey: 'email' }, '', 'email'],
  ])('with %j: to exchange "%s" under "%s"', (options, exchange, routingKey) => {
    const publisher = new Publisher(options).connected().publish(['a'], 'orders', 'mug');
    expect(publisher.last('BasicPublish')).toMatchObject({ exchange, routingKey });
  });

  test('it is persistent and not mandatory unless told otherwise', () => {
    const publisher = new Publisher().connected().publish(['a']);
    expect(publisher.last('BasicPublish')).toMatchObject({
      properties: { deliveryMode: 2 },
      mandatory: false,
    });
    const other = new Publisher({ persistent: false, mandatory: true }).connected().publish(['a']);
    expect(other.last('BasicPublish')).toMatchObject({ properties: { deliveryMode: 1 }, mandatory: true });
  });
});

describe('confirms', () => {
  test('a call is done when its last message is confirmed, whatever the order', () => {
    const publisher = new Publisher().connected().publish(['a', 'b']).publish(['c']);
    acked(publisher, 3);
    expect(publisher.answers).toEqual(['2 Published']);
    acked(publisher, 1);
    expect(publisher.answers).toEqual(['2 Published']);
    acked(publisher, 2);
    expect(publisher.answers).toEqual(['2 Published', '1 Published']);
  });

  test('one ack may be for all so far', () => {
    const publisher = new Publisher().connected().publish(['a', 'b', 'c']);
    acked(publisher, 2, true);
    expect(publisher.story.filter((fact) => fact.startsWith('confirmed'))).toEqual([
      'confirmed MessageConfirmed 0',
      'confirmed MessageConfirmed 1',
    ]);
    acked(publisher, 3);
    expect(publisher.answers).toEqual(['1 Published']);
  });

  test('thousands of confirms leave nothing behind', () => {
    const publisher = new Publisher().connected();
    for (let number = 1; number <= 1500; number++) acked(publisher.publish(['a']), number);
    expect(publisher.state.unconfirmed.length).toBeLessThan(600);
    expect(publisher.answers).toHaveLength(1500);
    expect(publisher.state.sends.size).toBe(0);
  });

  test('a nack is a failure', () => {
    const publisher = new Publisher().connected().publish(['a', 'b']);
    publisher.says('BasicNack', { deliveryTag: 1, multiple: false, requeue: false });
    acked(publisher, 2);
    expect(publisher.answers).toEqual(['1 PublishFailed: message nacked']);
    expect(publisher.story).toContain('failed PublishFailed 0');
  });

  test('what comes back counts as failed, though its ack follows', () => {
    const publisher = new Publisher({ mandatory: true }).connected().publish(['a']);
    publisher.says('BasicReturn', {
      replyCode: 312,
      replyText: 'NO_ROUTE',
      message: 0,
      exchange: '',
      routingKey: 'x',
    });
    acked(publisher, 1);
    expect(publisher.answers).toEqual(['1 PublishFailed: 312 NO_ROUTE']);
  });

  test('without confirms a call is done at once', () => {
    expect(new Publisher({ confirm: false }).connected().publish(['a']).answers).toEqual(['1 Published']);
  });

  test('what is not confirmed is seen as unsettled', () => {
    const publisher = new Publisher().connected().publish(['a', 'b']);
    acked(publisher, 1);
    expect(publisher.picture.process!.unsettled!.map(({ label }) => label)).toEqual(['b']);
  });
});

describe('a lost connection', () => {
  test('is made again after some 100 ms, and longer each time it fails', () => {
    const publisher = new Publisher().connected().hangUp();
    expect(publisher.reminder('Reconnect')).toBeCloseTo(100, -2);
    publisher.wait(130);
    expect(publisher.all('ConnectionOpen')).toHaveLength(2);
    publisher.hand({ type: 'ConnectionClosed', connection: 2, peer: 'rabbit/broker', refused: true });
    const second = publisher.reminder('Reconnect');
    expect(second).toBeGreaterThanOrEqual(160);
    expect(second).toBeLessThanOrEqual(240);
  });

  test('what was not confirmed is published again, before what waited meanwhile', () => {
    const publisher = new Publisher().connected().publish(['a', 'b']);
    acked(publisher, 1);
    publisher.hangUp().publish(['c']).wait(130).connected();
    expect(publisher.published).toEqual(['a', 'b', 'b', 'c']);
    acked(publisher, 2, true);
    expect(publisher.answers).toEqual(['1 Published', '2 Published']);
    expect(publisher.story.filter((fact) => fact.startsWith('published'))).toHaveLength(3);
  });

  test('or is given up', () => {
    const publisher = new Publisher({ unconfirmed: 'fail' })
      .connected()
      .publish(['a'])
      .hangUp()
      .publish(['b']);
    expect(publisher.answers).toEqual(['1 PublishFailed: read ECONNRESET']);
    expect(publisher.wait(130).connected().published).toEqual(['a', 'b']);
  });

  test('without recovery all fails from then on', () => {
    const publisher = new Publisher({ recovery: false }).connected().publish(['a']).hangUp().publish(['b']);
    expect(publisher.answers).toEqual([
      '1 PublishFailed: read ECONNRESET',
      '2 PublishFailed: connection closed',
    ]);
    expect(publisher.timers).toEqual([]);
  });

  test('with several nodes the next one is tried', () => {
    const publisher = new Publisher({ nodes: 'rabbit-1 rabbit-2' }).connected().hangUp().wait(130);
    expect(publisher.hosts.at(-1)).toBe('rabbit-2');
  });

  test('what is heard late of a node that was given up does not touch the connection to the next', () => {
    const publisher = new Publisher({ nodes: 'rabbit-1 rabbit-2' }).connected().hangUp().wait(130);
    const late = { type: 'ConnectionClosed', peer: 'rabbit-1/broker', refused: true };
    publisher
      .hand({ ...late, connection: 2 })
      .connected()
      .hand({ ...late, connection: 3 });
    expect(publisher.publish(['a']).published).toEqual(['a']);
    expect(publisher.facts.filter(({ type }) => type === 'ConnectionLost')).toHaveLength(1);
    expect(publisher.timers).toEqual([]);
  });

  test('a server that closes it is answered', () => {
    const publisher = new Publisher().connected();
    const close = {
      channel: 0,
      replyCode: 320,
      replyText: 'CONNECTION_FORCED - shutdown',
      classId: 0,
      methodId: 0,
    };
    publisher.says('ConnectionClose', close);
    expect(publisher.sent.at(-1)).toMatchObject({ type: 'ConnectionCloseOk' });
    expect(publisher.disconnected).toEqual(['rabbit']);
    expect(publisher.facts.at(-1)).toMatchObject({
      type: 'ConnectionLost',
      detail: 'CONNECTION_FORCED - shutdown',
    });
  });
});

test('a channel that is closed for a missing exchange fails what was on it, and is opened again', () => {
  const publisher = new Publisher({ exchange: 'nope' }).connected().publish(['a']);
  const close = { replyCode: 404, replyText: "NOT_FOUND - no exchange 'nope'", classId: 60, methodId: 40 };
  publisher.says('ChannelClose', close).publish(['b']);
  expect(publisher.sent.at(-1)).toMatchObject({ type: 'ChannelCloseOk' });
  expect(publisher.answers).toEqual(["1 PublishFailed: NOT_FOUND - no exchange 'nope'"]);
  publisher.wait(130).setUp();
  expect(publisher.published).toEqual(['a', 'b']);
  expect(publisher.all('ConnectionOpen')).toHaveLength(1);
});

describe('heartbeats', () => {
  test('are sent twice in an interval by who says nothing else', () => {
    const publisher = new Publisher().connected(10).wait(4_999);
    expect(publisher.all('Heartbeat')).toHaveLength(0);
    publisher.says('Heartbeat', { channel: 0 }).wait(10_002);
    expect(publisher.all('Heartbeat')).toHaveLength(2);
  });

  test('a peer that says nothing for two intervals is given up', () => {
    const publisher = new Publisher().connected(10);
    publisher.wait(29_999);
    expect(publisher.disconnected).toEqual([]);
    publisher.wait(1);
    expect(publisher.disconnected).toEqual(['rabbit']);
    expect(publisher.facts.at(-1)).toMatchObject({ type: 'ConnectionLost', detail: 'Heartbeat timeout' });
  });
});
