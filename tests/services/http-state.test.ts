/** What parts that speak HTTP keep: pictures of an instant, edits while they run, and states that can be saved. */
import { expect, test } from 'vitest';
import { part as api } from '../../src/services/http-api';
import { part as server } from '../../src/services/http-server';
import { part as browser } from '../../src/services/browser';
import type { Process } from '../../src/kernel/shape';
import { ms, seconds } from '../../src/kernel/time';
import { createLocalHost } from '../../src/scenario/local-host';
import { asDesigned, setAction } from '../../src/scenario/design';
import { Run } from '../../src/scenario/run';
import { loadRegistry } from '../../src/scenario/registry';
import { play, recordingOf, type Street } from '../helpers/http-world';

const window = { cells: 10, lanes: {}, rows: 10 };
const busy: Street = {
  services: {
    a: { latencyMs: { kind: 'lognormal', medianMs: 140, sigma: 0.5 }, stallChance: 0.2, stallMs: 5000 },
    b: { latencyMs: 200, errorRate: 0.1 },
  },
  api: { mode: 'parallel', timeoutMs: 400, retries: 1 },
  browser: { limit: 200, ratePerSecond: 20, jitter: 0.2 },
  actions: [[4000, 'down', 'b', { forMs: 1000 }]],
};

const shapeAt = async (street: Street, atMs: number) => {
  const host = await createLocalHost(recordingOf(street));
  const { shapes, tokens } = await host.viewAt(ms(atMs), window);
  const find = (name: string) => shapes.find((shape): shape is Process => shape.address === name)!;
  return { find, tokens: tokens };
};

test('an instant shows who is called, since when, and what hangs', async () => {
  const services = { a: { latencyMs: 100, stallChance: 1, stallMs: 5000 }, b: {} };
  const { find } = await shapeAt({ services, api: { timeoutMs: 8000 }, browser: { limit: 2 } }, 1000);
  expect(find('api')).toMatchObject({
    inHand: 2,
    callMode: 'series',
    callees: ['a', 'b'],
    calls: [
      { to: 'a', attempt: 1, state: 'waiting', since: ms(101), until: ms(8101), face: { label: 'OC01' } },
      { to: 'a', attempt: 1, state: 'waiting', face: { label: 'OC02' } },
    ],
    serving: [{ step: 'calls', unheard: false }, { step: 'calls' }],
  });
  expect(find('a')).toMatchObject({
    stalled: 2,
    inHand: 2,
    serving: [{ since: ms(102), until: ms(5202), stalled: true, face: { label: 'OC01' } }, {}],
  });
  expect(find('browser')).toMatchObject({
    answered: 0,
    failed: 0,
    inHand: 2,
    ratePerSecond: 10,
    callees: ['api'],
  });
});

test('a call that is tried again says so, and the work of the first try goes on unheard', async () => {
  const services = { a: { latencyMs: 700 } };
  const { find } = await shapeAt(
    { services, api: { timeoutMs: 400, retries: 1 }, browser: { limit: 1 } },
    600,
  );
  expect(find('api').calls).toMatchObject([{ attempt: 2, state: 'retrying' }]);
  expect(find('a').serving).toMatchObject([{ unheard: true }, { unheard: false }]);
});

test('requests and answers in flight are tokens with the face of their order', async () => {
  const street: Street = { services: { a: {} }, browser: { limit: 1 } };
  const there = await shapeAt(street, 101.5);
  expect(there.tokens).toMatchObject([
    { from: 'api', to: 'a', what: 'HttpRequest', faces: [{ label: 'OC01' }] },
  ]);
  const back = await shapeAt(street, 202.5);
  expect(back.tokens).toMatchObject([
    { from: 'a', to: 'api', what: 'HttpResponse', faces: [{ label: 'OC01' }] },
  ]);
});

test('an edit counts for orders that come after it, and from the start in a proof', async () => {
  const recording = recordingOf({ services: { a: {}, b: {} } });
  const action = setAction('api', 'http-api', 'mode', 'parallel');
  const edited = { ...recording, inputs: [{ time: ms(550), order: 0, action }] };
  const registry = await loadRegistry(recording.scenario);
  const times = async (played: typeof recording) => {
    const run = new Run(played, registry);
    run.seek(seconds(20));
    const facts = [...run.trace.facts()];
    return facts
      .filter(({ type }) => type === 'OrderAnswered')
      .sort((x, y) => x.message - y.message)
      .map(
        (fact) =>
          (fact.time -
            facts.find(({ type, message }) => type === 'OrderPlaced' && message === fact.message)!.time) /
          1000,
      );
  };
  const live = await times(edited);
  expect(live).toEqual([206, 206, 206, 206, 206, 104, 104, 104, 104, 104]);
  expect(new Set(await times(asDesigned(edited)))).toEqual(new Set([104]));
});

test.each([api, server, browser])(
  'every option of $machine.kind is described, and edits are checked',
  ({ machine, options }) => {
    const defaults = Object.fromEntries(options.map(({ name, default: value }) => [name, value]));
    const state = machine.init(defaults) as never;
    for (const { name, default: value } of options) {
      machine.configure!(state, { [name]: value });
      if (typeof value === 'number')
        expect(() => machine.configure!(machine.init({}) as never, { [name]: 'lots' })).toThrow(name);
    }
  },
);

test('going back to any instant and on again gives the same history', async () => {
  const straight = await play(busy);
  const run = new Run(straight.recording, straight.registry);
  const end = seconds(20);
  const hash = run.hash(end);
  for (const at of [0.5, 4.2, 9, 2.5, 12]) run.seek(seconds(at));
  expect(run.hash(end)).toBe(hash);
  const fork = run.fork(seconds(4.5));
  expect(fork.hash(end)).toBe(hash);
  expect(straight.facts('CallTimedOut').length).toBeGreaterThan(20);
});

test('the same street and seed give the same history, and another seed another one', async () => {
  const hash = async (street: Street) => {
    const { recording, registry } = await play(street);
    return new Run(recording, registry).hash(seconds(20));
  };
  expect(await hash(busy)).toBe(await hash(busy));
  expect(await hash({ ...busy, seed: 2 })).not.toBe(await hash(busy));
});
