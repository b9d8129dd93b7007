import { describe, expect, test } from 'vitest';
import { part } from '../../src/services/producer';
import { Bodies } from '../../src/kernel/bodies';
import type { Publish } from '../../src/kernel/delivery';
import type { Tagged } from '../../src/kernel/machine';
import { ms, toMs } from '../../src/kernel/time';
import { seeded, transition } from '../helpers/transition';

/** A shop whose clock the test turns. */
function shop(options: Readonly<Record<string, unknown>> = {}) {
  const bodies = new Bodies();
  const random = seeded(4);
  let state = part.machine.init({ driver: 'driver', place: 'shop-events', jitter: 0, ...options });
  let now = 0;
  let next = { nextFact: 0, nextTimer: 1 };
  let timers: { readonly id: number; readonly at: number; readonly command: Tagged }[] = [];
  const published: { readonly atMs: number; readonly publish: Publish }[] = [];
  const hand = (command: Tagged) => {
    const outcome = transition(part.machine, state, command as never, {
      now,
      bodies,
      random,
      part: 'shop',
      ...next,
    });
    state = outcome.state;
    next = outcome.next;
    timers = [...timers, ...outcome.timers].filter(({ id }) => !outcome.cancelled.includes(id));
    for (const { command: told } of outcome.told)
      published.push({ atMs: toMs(now), publish: told as Publish });
  };
  const runTo = (milliseconds: number) => {
    for (;;) {
      const due = timers.filter(({ at }) => at <= ms(milliseconds)).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      timers = timers.filter((timer) => timer !== due);
      now = due.at;
      hand(due.command);
    }
    now = ms(milliseconds);
  };
  hand({ type: 'Start' });
  const bodiesOf = () =>
    published.flatMap(({ publish }) => publish.messages.map((message) => bodies.get(message)));
  return {
    hand,
    runTo,
    published,
    bodiesOf,
    times: () => published.map(({ atMs }) => atMs),
    labels: () => bodiesOf().map(({ label }) => label),
    crash: () => {
      part.machine.restart(state);
      timers = [];
      hand({ type: 'Start' });
    },
    idle: () => timers.length === 0,
  };
}

describe('its events', () => {
  test('are numbered by one running number over all domains', () => {
    const { runTo, labels } = shop({
      ratePerSecond: 10,
      pattern: 'stock order order stock price',
      products: 'mug',
    });
    runTo(1200);
    expect(labels()).toEqual([
      'SK01',
      'OC02',
      'OC03',
      'SK04',
      'PR05',
      'SK06',
      'OC07',
      'OC08',
      'SK09',
      'PR10',
      'SK11',
      'OC12',
    ]);
  });

  test('count versions per product over all domains', () => {
    const { runTo, bodiesOf } = shop({ ratePerSecond: 10, products: ['mug', 'pen'] });
    runTo(2000);
    for (const key of ['mug', 'pen']) {
      const versions = bodiesOf()
        .filter((body) => body.key === key)
        .map(({ version }) => version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
  });

  test('speak of products by chance, and carry what their domain says', () => {
    const { runTo, bodiesOf } = shop({ ratePerSecond: 10 });
    runTo(5000);
    expect(new Set(bodiesOf().map(({ key }) => key))).toEqual(new Set(['mug', 'pen', 'tee', 'cap', 'jar']));
    const carried = new Map(bodiesOf().map(({ type, data }) => [type, Object.keys(data)]));
    expect(Object.fromEntries(carried)).toEqual({
      OrderPlaced: ['quantity'],
      StockCounted: ['inStock'],
      PriceChanged: ['cents'],
    });
    expect(bodiesOf()[0].correlation).toMatch(/^[0-9a-f]{4}$/);
  });

  test('go on counting after a crash', () => {
    const { runTo, labels, crash } = shop({ ratePerSecond: 1, pattern: 'order', products: 'mug' });
    runTo(2000);
    crash();
    runTo(4000);
    expect(labels()).toEqual(['OC01', 'OC02', 'OC03', 'OC04']);
  });
});

describe('its rate', () => {
  test('spaces events evenly without jitter', () => {
    const { runTo, times } = shop({ ratePerSecond: 4 });
    runTo(1000);
    expect(times()).toEqual([250, 500, 750, 1000]);
  });

  test('does not drift at rates that do not divide a second', () => {
    const { runTo, times } = shop({ ratePerSecond: 3 });
    runTo(100_000);
    expect(times()).toHaveLength(300);
  });

  test('varies by the jitter and keeps its mean', () => {
    const { runTo, times } = shop({ ratePerSecond: 10, jitter: 0.5 });
    runTo(100_000);
    const gaps = times()
      .slice(1)
      .map((time, index) => time - times()[index]);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(49);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(151);
    expect(Math.abs(times().length - 1000)).toBeLessThan(20);
  });

  test('is a knob: a new rate counts from now', () => {
    const { hand, runTo, times } = shop({ ratePerSecond: 1 });
    runTo(1500);
    hand({ type: 'SetRate', ratePerSecond: 5 } as Tagged);
    runTo(2000);
    expect(times()).toEqual([1000, 1700, 1900]);
  });

  test('0 is silence: nothing is scheduled', () => {
    const { hand, runTo, times, idle } = shop({ ratePerSecond: 0 });
    expect(idle()).toBe(true);
    hand({ type: 'SetRate', ratePerSecond: 1 } as Tagged);
    runTo(1000);
    expect(times()).toEqual([1000]);
  });

  test('ends at the limit', () => {
    const { runTo, published, idle } = shop({ ratePerSecond: 10, limit: 3 });
    runTo(5000);
    expect(published).toHaveLength(3);
    expect(idle()).toBe(true);
  });

  test('perSend puts several events into one call, the last as many as the limit leaves', () => {
    const { runTo, published } = shop({ ratePerSecond: 10, perSend: 4, limit: 6 });
    runTo(5000);
    expect(published.map(({ publish }) => publish.messages.length)).toEqual([4, 2]);
    expect(published.map(({ atMs }) => atMs)).toEqual([400, 800]);
  });

  test('awaited: the next event waits for the answer and does not make up for it', () => {
    const { hand, runTo, times } = shop({ ratePerSecond: 10, awaited: true });
    runTo(500);
    expect(times()).toEqual([100]);
    hand({ type: 'Published', ticket: 1 } as Tagged);
    runTo(1000);
    expect(times()).toEqual([100, 600]);
  });
});

describe('by hand', () => {
  test('publishes at once, whatever the rate and the limit', () => {
    const { hand, published, labels } = shop({ ratePerSecond: 0, limit: 0, pattern: 'order' });
    hand({ type: 'PublishNow' });
    expect(published[0].publish).toMatchObject({ place: 'shop-events', replyTo: 'shop', ticket: 1 });
    expect(labels()).toEqual(['OC01']);
  });

  test('takes a product, a domain, a partition and a count', () => {
    const { hand, published, bodiesOf } = shop({ ratePerSecond: 0 });
    hand({ type: 'PublishNow', key: 'lamp', domain: 'price', partition: 2, count: 2 } as Tagged);
    expect(bodiesOf().map(({ label, key, version }) => [label, key, version])).toEqual([
      ['PR01', 'lamp', 1],
      ['PR02', 'lamp', 2],
    ]);
    expect(published.map(({ publish }) => publish.partition)).toEqual([2, 2]);
  });
});

test('a pattern of unknown domains is a content mistake', () => {
  expect(() => shop({ pattern: 'weather' })).toThrow('"weather" is none');
});

describe('entries of a ledger', () => {
  test('come in the order given, with the amount on the label, over and over', () => {
    const { runTo, bodiesOf } = shop({ ratePerSecond: 1, entries: 'anna+500 anna-200 ben+700', limit: 4 });
    runTo(9000);
    expect(
      bodiesOf().map(({ label, key, version, domain, data }) => [label, key, version, domain, data]),
    ).toEqual([
      ['LG+500', 'anna', 1, 'ledger', { amount: 500 }],
      ['LG−200', 'anna', 2, 'ledger', { amount: -200 }],
      ['LG+700', 'ben', 1, 'ledger', { amount: 700 }],
      ['LG+500', 'anna', 3, 'ledger', { amount: 500 }],
    ]);
  });

  test('that are none are refused', () => {
    expect(() => shop({ entries: 'anna500' })).toThrow('lists entries like "anna+500"');
  });
});
