/** Calls over HTTP, as a story each: browsers order from an API, which calls services. */
import { describe, expect, test } from 'vitest';
import { ms, toMs } from '../../src/kernel/time';
import { one, play, type Played } from '../helpers/http-world';

const ab = { a: {}, b: {} };
const onlyOne = { limit: 1 };
const took = (run: Played, message = 0): number => {
  const [from, to] = ['OrderPlaced', 'OrderAnswered'].map(
    (type) => run.facts(type).find((fact) => fact.message === message)!.time,
  );
  return toMs(to - from);
};

describe('calls in series and in parallel', () => {
  test('one after the other: their times add up, and causes lead back to the order', async () => {
    const run = await play({ services: ab, browser: onlyOne });
    expect(run.story()).toEqual([
      'OrderPlaced api',
      'CallSent a',
      'RequestHandled at a',
      'CallAnswered a',
      'CallSent b',
      'RequestHandled at b',
      'CallAnswered b',
      'OrderAnswered api',
    ]);
    const all = run.facts();
    expect(all.map(({ cause }) => cause)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6]);
    expect(took(run)).toBe(206);
  });

  test('all at once: the slowest decides', async () => {
    const services = { a: { latencyMs: 300 }, b: {} };
    const run = await play({ services, browser: onlyOne, api: { mode: 'parallel' } });
    expect(took(run)).toBe(304);
    expect(run.facts('CallSent').map(({ cause }) => cause)).toEqual([0, 0]);
  });

  test('a fast call overtakes a slow one to the same service', async () => {
    const latencyMs = { kind: 'uniform', minMs: 10, maxMs: 900 };
    const run = await play({ services: { a: { latencyMs } } });
    const order = run.facts('OrderAnswered').map(({ message }) => message);
    expect(order).toHaveLength(10);
    expect(order).not.toEqual([...order].sort((x, y) => x - y));
  });

  test('an API that calls nobody answers', async () => {
    const run = await play({ browser: onlyOne });
    expect(took(run)).toBe(2);
  });
});

describe('trouble', () => {
  test('a service that is down refuses at once, and the order fails', async () => {
    const run = await play({ services: ab, actions: [[350, 'down', 'b']] });
    // the first was done with b before; the rest fail
    expect(run.facts('OrderAnswered').map(({ message }) => message)).toEqual([0]);
    expect(run.facts('OrderFailed')).toHaveLength(9);
    const [refused] = run.facts('ConnectionRefused');
    expect(refused).toMatchObject({ kind: 'refused', subject: 'b', process: 'api', amount: 1 });
    expect(run.facts('OrderFailed').find(({ message }) => message === refused.message)?.cause).toBe(
      refused.id,
    );
  });

  test('a service that goes down with a request in hand loses the connection', async () => {
    const run = await play({ services: { a: {} }, browser: onlyOne, actions: [[150, 'down', 'a']] });
    expect(run.facts('CallFailed')).toMatchObject([
      { kind: 'failed', detail: 'connection lost', subject: 'a' },
    ]);
    expect(run.facts('RequestHandled')).toEqual([]);
    expect(run.facts('OrderFailed')).toHaveLength(1);
  });

  test('a call that times out still runs, and says that nobody heard', async () => {
    const run = await play({
      services: { a: { latencyMs: 900 } },
      browser: onlyOne,
      api: { timeoutMs: 400 },
    });
    expect(run.story()).toEqual([
      'OrderPlaced api',
      'CallSent a',
      'CallTimedOut a',
      'OrderFailed api',
      'RequestHandledUnheard at a',
    ]);
    const [late] = run.facts('RequestHandledUnheard');
    expect(late).toMatchObject({ kind: 'applied', cause: 1 });
  });

  test('a retry is a second request about the same order, so its effect happens twice', async () => {
    const services = {
      a: { latencyMs: 300, stallChance: 1, stallMs: { kind: 'uniform', minMs: 0, maxMs: 400 } },
    };
    const run = await play({ services, api: { timeoutMs: 500, retries: 1 }, browser: { limit: 40 } });
    const twice = run.facts('RequestHandled').filter(({ amount }) => amount === 2);
    expect(twice.length).toBeGreaterThan(0);
    const { message } = twice[0];
    expect(
      run
        .facts('CallSent')
        .filter((fact) => fact.message === message)
        .map(({ amount }) => amount),
    ).toEqual([1, 2]);
    expect(run.facts('RequestHandledUnheard').some((fact) => fact.message === message)).toBe(true);
  });

  test('retries end, and can wait', async () => {
    const run = await play({
      services: { a: { errorRate: 1 } },
      browser: onlyOne,
      api: { retries: 2, retryAfterMs: 50 },
    });
    expect(run.facts('CallSent').map(({ amount, time }) => [amount, toMs(time)])).toEqual([
      [1, 101],
      [2, 253],
      [3, 405],
    ]);
    expect(run.facts('CallFailed').map(({ detail }) => detail)).toEqual(['500 a', '500 a', '500 a']);
    expect(run.facts('RequestHandled')).toEqual([]);
    expect(run.facts('OrderFailed')).toMatchObject([{ detail: '502 a' }]);
  });

  test('in parallel, the first failure fails the order, and the others run on', async () => {
    const services = { a: { errorRate: 1 }, b: { latencyMs: 500 } };
    const run = await play({ services, browser: onlyOne, api: { mode: 'parallel' } });
    const story = run.story();
    expect(story.indexOf('OrderFailed api')).toBeLessThan(story.indexOf('RequestHandled at b'));
    expect(story.at(-1)).toBe('CallAnswered b');
    expect(run.facts('OrderAnswered')).toEqual([]);
  });

  test('a share of requests stalls: the longer, the share and the streams as given', async () => {
    const stall = { stallChance: 0.2, stallMs: { kind: 'uniform', minMs: 8000, maxMs: 10_200 } };
    const browser = { limit: 500, ratePerSecond: 100 };
    const run = await play({ services: { a: stall }, browser });
    const stalls = run.facts('RequestStalled');
    expect(stalls.length).toBeGreaterThan(70);
    expect(stalls.length).toBeLessThan(130);
    for (const { amount } of stalls) expect(amount >= 8000 && amount <= 10_200).toBe(true);
    const none = await play({ services: { a: { ...stall, stallChance: 0.1 } }, browser });
    const more = new Set(stalls.map(({ message }) => message));
    expect(none.facts('RequestStalled').every(({ message }) => more.has(message))).toBe(true);
  });

  test('a cut link is silence: nothing is refused, and only a timeout ends the waiting', async () => {
    const actions = [[50, 'cut', 'a', { to: 'api', forMs: 3000 }]] as const;
    const patient = await play({ services: { a: {} }, browser: onlyOne, actions });
    expect(took(patient)).toBeGreaterThan(2900);
    const impatient = await play({ services: { a: {} }, browser: onlyOne, actions, api: { timeoutMs: 400 } });
    expect(impatient.facts('CallTimedOut')).toHaveLength(1);
    expect(impatient.facts('OrderFailed')).toHaveLength(1);
  });

  test('an API that goes down fails the orders it had, and takes new ones when it is back', async () => {
    const run = await play({ services: ab, actions: [[450, 'down', 'api', { forMs: 200 }]] });
    expect(run.facts('OrderFailed').map(({ detail }) => detail)).toContain('connection lost');
    expect(run.facts('OrderFailed').map(({ detail }) => detail)).toContain('connection refused');
    expect(run.facts('OrderAnswered').at(-1)?.message).toBe(9);
    expect(run.facts('OrderAnswered').length + run.facts('OrderFailed').length).toBe(10);
  });

  test('a browser out of patience goes, and its order is carried out', async () => {
    const run = await play({ services: ab, browser: { ...onlyOne, timeoutMs: 150 } });
    expect(run.story().slice(-2)).toEqual(['RequestHandled at b', 'CallAnswered b']);
    expect(run.facts('OrderFailed')).toMatchObject([{ detail: 'timeout' }]);
    expect(run.facts('OrderAnswered')).toEqual([]);
  });
});

describe('faults', () => {
  test('slow: work takes so many times as long', async () => {
    const run = await play({
      services: { a: {} },
      browser: onlyOne,
      actions: [[0, 'slow', 'a', { factor: 20 }]],
    });
    expect(took(run)).toBe(2004);
  });

  test('stall and errors: on, and off again after their time', async () => {
    const actions = [
      [250, 'errors', 'a', { rate: 1, forMs: 300 }],
      [5000, 'stall', 'a', { chance: 1, forMs: 100 }],
    ] as const;
    const run = await play({ services: { a: { latencyMs: 1 } }, browser: { limit: 60 }, actions });
    expect(run.facts('OrderFailed').map(({ message }) => message)).toEqual([2, 3, 4]);
    expect(run.facts('ErrorRateSet')).toMatchObject([{ subject: 'a', amount: 10_000 }]);
    expect(run.facts('ErrorsEnded').map(({ time }) => time)).toEqual([ms(550)]);
    expect(run.facts('RequestStalled')).toHaveLength(1);
    expect(
      run
        .facts('CallsStall')
        .concat(run.facts('CallsStallNoMore'))
        .map(({ time }) => toMs(time)),
    ).toEqual([5000, 5100]);
  });

  test('duplicate: the next request is sent twice, and the second answer finds nobody', async () => {
    const run = await play({ services: { a: {} }, browser: onlyOne, actions: [[50, 'duplicate', 'api']] });
    expect(run.facts('RequestHandled')).toHaveLength(2);
    expect(run.facts('CallAnswered')).toHaveLength(1);
    expect(run.facts('RequestDuplicated')).toMatchObject([{ kind: 'duplicated', subject: 'a', message: 0 }]);
    expect(run.facts('OrderAnswered')).toHaveLength(1);
  });

  test('a duplicated order is carried out twice', async () => {
    const run = await play({
      services: { a: {} },
      browser: onlyOne,
      actions: [[50, 'duplicate', 'browser']],
    });
    expect(run.facts('RequestHandled')).toHaveLength(2);
    expect(run.facts('OrderAnswered')).toHaveLength(1);
  });

  test('poison: no handler can read it, and nobody tries again', async () => {
    const run = await play({
      services: { a: {} },
      browser: { limit: 3 },
      api: { retries: 3 },
      actions: [[150, 'poison', 'browser']],
    });
    expect(run.story(1)).toEqual([
      'OrderPlaced api',
      'CallSent a',
      'RequestUnreadable at a',
      'CallFailed a',
      'OrderFailed api',
    ]);
    expect(run.facts('OrderAnswered')).toHaveLength(2);
  });

  test('faults on something that has no such part do nothing', async () => {
    const run = await play({
      services: { a: {} },
      actions: ['stall', 'errors', 'duplicate', 'poison'].flatMap((name) => [
        [10, name, 'nobody', { chance: 1, rate: 1 }] as const,
        [10, name, 'a', { chance: 1, rate: 1, part: 'nothing' }] as const,
      ]),
    });
    expect(run.facts('OrderAnswered')).toHaveLength(10);
  });
});

describe('steps before and behind the answer', () => {
  const more = [one('orders', 'store')];

  test('validate, persist, calls: each takes its time, and the row is written before the answer', async () => {
    const run = await play({
      services: { a: {} },
      browser: onlyOne,
      api: { steps: 'validate persist calls', validateMs: 10, persistMs: 40, store: 'orders' },
      more,
    });
    expect(took(run)).toBe(2 + 10 + 40 + 2 + 102);
    expect(run.story()).toEqual([
      'OrderPlaced api',
      'CallSent orders',
      'RowWritten at orders',
      'OrderPersisted orders',
      'CallSent a',
      'RequestHandled at a',
      'CallAnswered a',
      'OrderAnswered api',
    ]);
  });

  test('what comes after "respond" happens behind the answer', async () => {
    const api = { steps: 'persist respond calls', store: 'orders' };
    const run = await play({ services: ab, browser: onlyOne, api, more });
    expect(took(run)).toBe(4);
    expect(run.facts('CallAnswered')).toHaveLength(2);
    const down = await play({ services: ab, api, more, actions: [[0, 'down', 'a']] });
    expect(down.facts('OrderAnswered')).toHaveLength(10);
    expect(down.facts('OrderFailed')).toEqual([]);
  });

  test('validate turns away what it cannot read, before anybody else is asked', async () => {
    const api = { steps: 'validate calls' };
    const run = await play({ services: ab, browser: onlyOne, api, actions: [[0, 'poison', 'browser']] });
    expect(run.story()).toEqual(['OrderPlaced api', 'RequestUnreadable at api', 'OrderFailed api']);
  });

  test('a store that is down is tried again, then the order fails', async () => {
    const api = { steps: 'persist', store: 'orders', retries: 1 };
    const run = await play({ browser: onlyOne, api, more, actions: [[0, 'down', 'orders']] });
    expect(run.story().slice(-3)).toEqual(['CallSent orders', 'ConnectionRefused orders', 'OrderFailed api']);
  });

  test('a pin breaks the API before a step', async () => {
    const api = { steps: 'persist respond', store: 'orders' };
    const run = await play({
      browser: onlyOne,
      api,
      more,
      actions: [[0, 'pin', 'api', { step: 'respond' }]],
    });
    expect(run.facts('RowWritten')).toHaveLength(1);
    expect(run.facts('OrderFailed')).toMatchObject([{ detail: 'connection lost' }]);
  });

  test.each([
    [{ steps: 'calls sing' }, '"sing" is none of them'],
    [{ steps: 'persist' }, 'needs the option "store"'],
    [{ mode: 'sideways' }, '"mode" is one of series, parallel'],
    [{ timeoutMs: -1 }, '"timeoutMs" is between 0'],
    [{ validateMs: 'long' }, 'number of milliseconds or a distribution'],
  ])('refuses %j', async (api, problem) => {
    await expect(play({ api })).rejects.toThrow(problem);
  });
});
