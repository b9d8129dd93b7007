/** A quorum queue on one node, as channels see it. */
import { expect, test } from 'vitest';
import type { FieldTable, Properties } from '../../../../src/brokers/rabbitmq/protocol';
import { quorumQueue } from '../../../../src/brokers/rabbitmq/quorum/quorum-queue';
import type {
  ConsumerSpec,
  QueueCall,
  Settlement,
  Version,
} from '../../../../src/brokers/rabbitmq/queue-type';
import { BarePort, channel, consumer, definition, publication } from '../bare-port';

class Quorum {
  readonly port: BarePort;
  readonly state;

  constructor(given: FieldTable = {}, version: Version = '4.0') {
    this.port = new BarePort(version);
    this.state = quorumQueue.create(definition('quorum', given), this.port);
    quorumQueue.start(this.state, this.port);
  }

  publish(...messages: number[]): string[] {
    for (const message of messages) this.send(message);
    return this.heard();
  }

  send(message: number, properties: Properties = {}): void {
    quorumQueue.enqueue(this.state, publication(message, properties), channel, message, this.port);
  }

  call(call: QueueCall): string[] {
    quorumQueue.call(this.state, call, channel, this.port);
    return this.heard();
  }

  consume(tag: string, more: Partial<ConsumerSpec> = {}): string[] {
    return this.call({ type: 'Consume', consumer: consumer(tag, more) });
  }

  settle(how: Settlement, tag: string, ...ids: number[]): string[] {
    quorumQueue.settle(this.state, how, ids, channel, tag, this.port);
    return this.heard();
  }

  heard(): string[] {
    quorumQueue.check(this.state);
    return this.port.heard();
  }
}

test('a publish is confirmed and delivered at once', () => {
  const queue = new Quorum();
  expect(queue.consume('a')).toEqual(['Consuming']);
  expect(queue.publish(1)).toEqual(['a got 1 as 0', 'confirmed 1']);
  expect(queue.call({ type: 'Stat' })).toEqual(['0 ready, 1 consumers']);
});

test('4.0 delivers twenty-one times when nothing else is said, 3.10 for ever; both tell how often', () => {
  const queue = new Quorum({ 'x-dead-letter-exchange': 'dlx' });
  queue.publish(1);
  const said = queue.consume('a');
  for (let id = 0; id <= 20; id++) said.push(...queue.settle('requeue', 'a', id));
  expect(said.slice(1, 4)).toEqual(['a got 1 as 0', 'a got 1 as 1 again 1', 'a got 1 as 2 again 2']);
  expect(said.slice(-2)).toEqual(['a got 1 as 20 again 20', '1 dead: delivery_limit']);
  const old = new Quorum({}, '3.10');
  old.publish(1);
  old.consume('a');
  for (let id = 0; id <= 30; id++) old.settle('requeue', 'a', id);
  expect(old.call({ type: 'Stat' })).toEqual(['0 ready, 1 consumers']);
});

test('without a limit what is given back goes to the tail', () => {
  const queue = new Quorum({ 'x-delivery-limit': -1 });
  queue.publish(1, 2);
  queue.consume('a', { prefetch: 1 });
  expect(queue.settle('requeue', 'a', 0)).toEqual(['a got 2 as 1']);
});

test('a full queue that rejects lets one too many in, and says no until four fifths are left', () => {
  const queue = new Quorum({ 'x-max-length': 2, 'x-overflow': 'reject-publish' });
  expect(queue.publish(1, 2, 3, 4)).toEqual(['confirmed 1', 'confirmed 2', 'confirmed 3', 'refused 4']);
  queue.call({ type: 'Get', noAck: true, process: 'p' });
  expect(queue.publish(5)).toEqual(['refused 5']);
  queue.call({ type: 'Get', noAck: true, process: 'p' });
  expect(queue.publish(6)).toEqual(['confirmed 6']);
});

test('gets are settled one by one', () => {
  const queue = new Quorum();
  queue.publish(1, 2);
  const get = { type: 'Get', noAck: false, process: 'p' } as const;
  expect([...queue.call(get), ...queue.call(get), ...queue.call(get)]).toEqual(['got 1 as 0, 1 left', 'got 2 as 1, 0 left', 'Empty']); // prettier-ignore
  queue.settle('requeue', '', 1, 0);
  expect([...queue.call(get), ...queue.call(get)]).toEqual(['got 2 as 3, 1 left', 'got 1 as 4, 0 left']);
});

test('what is not acknowledged by hand is settled as it goes out', () => {
  const queue = new Quorum();
  queue.publish(1, 2, 3);
  expect(queue.consume('a', { prefetch: 1, noAck: true })).toHaveLength(4);
  expect(quorumQueue.counts(queue.state)).toEqual({ ready: 0, unacked: 0, consumers: 1 });
});

test('messages expire at the head by themselves', () => {
  const queue = new Quorum({ 'x-message-ttl': 100, 'x-dead-letter-exchange': 'dlx' });
  queue.publish(1);
  queue.port.after(99, (reminder) => quorumQueue.remind(queue.state, reminder, queue.port));
  expect(queue.heard()).toEqual([]);
  queue.port.after(1, (reminder) => quorumQueue.remind(queue.state, reminder, queue.port));
  expect(queue.heard()).toEqual(['1 dead: expired']);
});

test('a queue that nobody uses goes, at the next look', () => {
  const queue = new Quorum({ 'x-expires': 6000 });
  queue.port.after(9999, (reminder) => quorumQueue.remind(queue.state, reminder, queue.port));
  expect(queue.heard()).toEqual([]);
  queue.port.after(1, (reminder) => quorumQueue.remind(queue.state, reminder, queue.port));
  expect(queue.heard()).toEqual(['gone: expired']);
});

test('after a crash everything is there, and what was out counts as given back', () => {
  const queue = new Quorum();
  queue.publish(1, 2);
  queue.consume('a', { prefetch: 1 });
  const after = quorumQueue.restart(queue.state, () => undefined)!;
  quorumQueue.start(after, queue.port);
  expect(queue.consume('b')).toEqual(['Consuming', 'b got 1 as 0 again 1', 'b got 2 as 1']);
});

test('its consumers are told when it is deleted', () => {
  const queue = new Quorum({ 'x-single-active-consumer': true });
  queue.consume('a');
  queue.consume('b');
  expect(queue.call({ type: 'Delete', ifUnused: false, ifEmpty: false })).toEqual(['Deleted 0']);
  quorumQueue.drop(queue.state, queue.port);
  expect(queue.heard()).toEqual(['cancelled a', 'cancelled b']);
});

test.each([
  ['Delete', { type: 'Delete', ifUnused: true, ifEmpty: false }, 'NOT_IMPLEMENTED: cannot delete'],
  ['Delete', { type: 'Delete', ifUnused: false, ifEmpty: true }, 'NOT_IMPLEMENTED: cannot delete'],
  [
    'Consume',
    { type: 'Consume', consumer: consumer('a', { globalPrefetch: true }) },
    'NOT_IMPLEMENTED: queue',
  ],
] as const)('%s is refused where it cannot be done', (_name, asked, said) => {
  expect(new Quorum().call(asked)[0]).toContain(said);
});

test('it is never transient, exclusive or deleted by itself', () => {
  const declared = { name: 'q', durable: true, autoDelete: false, exclusive: false, arguments: {} };
  expect(quorumQueue.refuses(declared, '4.0')).toBeNull();
  for (const wrong of [{ durable: false }, { autoDelete: true }, { exclusive: true }])
    expect(quorumQueue.refuses({ ...declared, ...wrong }, '4.0')?.text).toContain('invalid property');
});
