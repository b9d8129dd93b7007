/** The two parts against the broker itself: what becomes of messages when something breaks, and where. */
import { describe, expect, test } from 'vitest';
import { Hasher } from '../../../src/kernel/hash';
import type { Kernel } from '../../../src/kernel/kernel';
import { ms } from '../../../src/kernel/time';
import { RabbitWorld, type RabbitWorldSpec } from '../../helpers/rabbit-world';

const mail = (driver = {}, handler = {}): RabbitWorldSpec => ({ readers: { mail: { driver, handler } } });

test('what is published is confirmed, delivered, applied and settled, each caused by what went before', () => {
  const it = new RabbitWorld(mail()).send('a', 'b').run(100);
  expect(it.answers).toEqual(['Published']);
  for (const kind of [
    'published',
    'routed',
    'accepted',
    'confirmed',
    'delivered',
    'applied',
    'settled',
  ] as const)
    expect([kind, it.labels(kind)]).toEqual([kind, ['a', 'b']]);
  const [published, applied] = [it.facts('published'), it.facts('applied')];
  const facts = [...it.trace.facts()];
  const causes = applied.map(({ id }) => {
    let at = id;
    while (facts[at].cause >= 0) at = facts[at].cause;
    return at;
  });
  expect(causes).toEqual(published.map(({ id }) => id));
});

describe('a consumer that dies', () => {
  test('before it has acknowledged: the message comes again, and its work is done twice', () => {
    const it = new RabbitWorld(mail())
      .act((world) => world.pin('mail', 'ack', 1))
      .send('a')
      .run(100);
    it.act((world) => world.restart('mail')).run(1000);
    expect(it.labels('redelivered')).toEqual(['a']);
    expect(it.labels('applied')).toEqual(['a', 'a']);
    expect(it.labels('settled')).toEqual(['a']);
  });

  test('after it has acknowledged, before its work: the message is gone', () => {
    const it = new RabbitWorld(mail({ ack: 'before' })).act((world) => world.pin('mail', 'apply', 1));
    it.send('a')
      .run(100)
      .act((world) => world.restart('mail'))
      .run(1000);
    expect(it.labels('applied')).toEqual([]);
    expect(it.labels('settled')).toEqual(['a']);
  });

  test('without acknowledgements: all that was sent to it is gone, and with a limit only what it held comes again', () => {
    const work = { latencyMs: 50 };
    const crash = (driver: object): RabbitWorld => {
      const it = new RabbitWorld(mail(driver, work)).send('a', 'b', 'c', 'd').run(75);
      return it
        .act((world) => world.crash('mail', 'killed'))
        .act((world) => world.restart('mail'))
        .run(2000);
    };
    expect(crash({ noAck: true }).labels('applied')).toEqual(['a']);
    const limited = crash({ prefetch: 2 });
    expect(limited.labels('applied')).toEqual(['a', 'b', 'c', 'd']);
    expect(limited.labels('redelivered')).toEqual(['b', 'c']);
  });
});

describe('a connection that breaks', () => {
  test('with a confirm on it: the message is published again, and is there twice', () => {
    const it = new RabbitWorld({ producer: { heartbeat: 1 } }).send('a').run(0.5);
    it.run(1)
      .act((world) => world.cut('rabbit', 'shop'))
      .run(4000)
      .act((world) => world.heal('rabbit', 'shop'));
    it.run(3000);
    expect(it.labels('accepted')).toEqual(['a', 'a']);
    expect(it.labels('confirmed')).toEqual(['a']);
    expect(it.answers).toEqual(['Published']);
  });

  test('or it is given up, and is there all the same', () => {
    const it = new RabbitWorld({ producer: { heartbeat: 1, unconfirmed: 'fail' } }).send('a').run(1.5);
    it.act((world) => world.cut('rabbit', 'shop'))
      .run(4000)
      .act((world) => world.heal('rabbit', 'shop'))
      .run(3000);
    expect(it.labels('accepted')).toEqual(['a']);
    expect(it.answers).toEqual(['PublishFailed']);
  });

  test('under a handler: its acknowledgement fails, and the message comes again', () => {
    const it = new RabbitWorld(mail({ prefetch: 1, heartbeat: 1 }, { latencyMs: 6000 })).send('a').run(100);
    it.act((world) => world.cut('rabbit', 'mail'))
      .run(4000)
      .act((world) => world.heal('rabbit', 'mail'))
      .run(20_000);
    expect(it.facts('failed', { type: 'AckFailed' })).toHaveLength(1);
    expect(it.labels('applied')).toEqual(['a', 'a']);
  });

  test('because the broker restarts: what was persistent is delivered, and publishing goes on', () => {
    const it = new RabbitWorld(mail({ prefetch: 1 }, { latencyMs: 200 })).send('a', 'b').run(50);
    it.act((world) => world.crash('rabbit', 'killed'))
      .send('c')
      .run(500)
      .act((world) => world.restart('rabbit'));
    it.run(5000);
    expect(new Set(it.labels('applied'))).toEqual(new Set(['a', 'b', 'c']));
    expect(it.answers).toEqual(['Published', 'Published']);
  });
});

describe('a handler that throws', () => {
  test('gets the message again, at once and for ever', () => {
    const it = new RabbitWorld(mail({}, { failing: 'a' })).send('a').run(1000);
    expect(it.labels('redelivered').length).toBeGreaterThan(100);
  });

  test('or rejects it, and it goes to the dead letters', () => {
    const spec = {
      ...mail({ onFailure: 'reject' }, { failing: 'a' }),
      queue: { 'x-dead-letter-exchange': 'dead' },
    };
    const it = new RabbitWorld(spec).send('a', 'b').run(1000);
    expect(it.labels('deadLettered')).toEqual(['a']);
    expect(it.labels('accepted', { subject: 'rabbit/queue/dead' })).toEqual(['a']);
    expect(it.labels('applied')).toEqual(['b']);
  });
});

test('two consumers with a limit of one share by who is free', () => {
  const driver = { prefetch: 1 };
  const readers = {
    slow: { driver, handler: { latencyMs: 1000 } },
    fast: { driver, handler: { latencyMs: 10 } },
  };
  const it = new RabbitWorld({ readers }).send('a', 'b', 'c', 'd', 'e', 'f').run(500);
  expect(it.labels('applied', { subject: 'fast' })).toHaveLength(5);
});

test('from every snapshot, replay equals the straight run', () => {
  const spec = {
    ...mail({ prefetch: 3, heartbeat: 1 }, { latencyMs: 20, failing: 'k3' }),
    producer: { heartbeat: 1 },
  };
  const it = new RabbitWorld(spec);
  const { kernel } = it;
  for (let count = 0; count < 6; count++) it.send(`k${count}`, `l${count}`).run(15);
  it.act((world) => world.configure('mail/driver', { prefetch: 1 }));
  it.act((world) => world.cut('rabbit', 'shop')).run(100);
  const saved = [kernel.save()];
  const end = kernel.now + ms(1500);
  while (!kernel.runUntil(end, kernel.eventCount + 7)) saved.push(kernel.save());
  const expected = hashOf(kernel);
  for (const snapshot of saved.filter((_, index) => index % 5 === 0)) {
    kernel.load(snapshot);
    kernel.runUntil(end);
    expect(hashOf(kernel)).toBe(expected);
  }
});

function hashOf(kernel: Kernel): string {
  const hasher = new Hasher();
  kernel.hashInto(hasher);
  return hasher.hex();
}
