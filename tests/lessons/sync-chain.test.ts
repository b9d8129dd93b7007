/** What the words of lesson 1 say is so. */
import { expect, test } from 'vitest';
import { loadLesson } from '../../src/course/load';
import { check } from '../../src/course/observe';
import { startOf } from '../../src/course/runs';
import { clauseSentence } from '../../src/judge/sentence';
import type { Process } from '../../src/kernel/shape';
import { ms } from '../../src/kernel/time';
import { createLocalHost } from '../../src/scenario/local-host';
import { voiceOf } from '../../src/app/learn/voice';

const { lesson, words } = await loadLesson('sync-chain', 'en');
const window = { cells: 40, lanes: {}, rows: 12 };
const start = startOf(lesson, 'base', { engine: 'test', seed: lesson.seed });
const host = await createLocalHost(start.recording);
const setting = {
  roleOf: (process: string) => lesson.scenario.services.find(({ name }) => name === process)?.role ?? '',
  bodyOf: () => {
    throw new RangeError();
  },
};

test('goals are said in orders, edits and outages', () => {
  const voice = voiceOf(words, lesson.scenario);
  const said = [...lesson.goals.a.clauses, ...lesson.goals.b.clauses].map((clause) =>
    clauseSentence(clause, voice),
  );
  expect(said).toEqual([
    'Enough happens: at least 1000 orders are answered',
    'The 99th percentile of the time from placed to answered is between 11.4 s and 12.6 s',
    'Between the crash and the restart, every order fails, of at least 10',
    'An edit is made',
    'Before the crash of email, 99% of orders take at most 1 s from placed to answered',
    'Before the crash of email, at least 99% of orders are answered, of at least 1000',
    'Between the crash of email and the restart of email, edits are made in at least 2 different ways, and each time an order fails afterwards',
    'The answer is “This cannot be done”',
  ]);
});

test('nothing of the answer shows before the bet, and a hang can be seen soon after', async () => {
  await host.viewAt(ms(lesson.spoilsAtMs), window);
  const facts = await host.facts({});
  const slow = facts.filter(({ type, time, message }) => {
    if (type !== 'OrderAnswered') return false;
    return (
      time - facts.find((fact) => fact.type === 'OrderPlaced' && fact.message === message)!.time > ms(8000)
    );
  });
  expect(slow).toEqual([]);
  const view = await host.viewAt(ms(lesson.observeAtMs), window);
  const hanging = view.shapes.filter(
    (shape): shape is Process => shape.shape === 'process' && (shape.stalled ?? 0) > 0,
  );
  expect(hanging.length).toBeGreaterThan(0);
});

test('one report of what held orders up is right, the others are not', async () => {
  await host.viewAt(ms(lesson.observeAtMs), window);
  const facts = await host.facts({});
  const right = ['every-call', 'same-service', 'one-call', 'most-orders'].filter(
    (id) => check(lesson.observation, id, facts, setting).right,
  );
  expect(right).toEqual(['one-call']);
  expect(facts[check(lesson.observation, 'every-call', facts, setting).moment!].type).toBe('RequestStalled');
});

test('without hangs the same services give about 3 seconds, as is said to who bet on averages', async () => {
  const calm = await createLocalHost({
    ...start.recording,
    inputs: [
      { time: 0, order: 0, action: { class: 'fault', name: 'stall', target: '*', options: { percent: 0 } } },
    ],
  });
  await calm.viewAt(ms(200_000), window);
  const facts = await calm.facts({ kinds: ['requested', 'responded'] });
  const begun = new Map(
    facts.filter(({ type }) => type === 'OrderPlaced').map(({ message, time }) => [message, time]),
  );
  const took = facts
    .filter(({ type }) => type === 'OrderAnswered')
    .map(({ message, time }) => (time - begun.get(message)!) / 1e6);
  took.sort((a, b) => a - b);
  expect(took[Math.ceil(took.length * 0.99) - 1]).toBeGreaterThan(2.7);
  expect(took[Math.ceil(took.length * 0.99) - 1]).toBeLessThan(3.4);
});

test('a turn of the hang knob hits all fourteen services and is one sign on the time axis', async () => {
  const run = await createLocalHost({
    ...start.recording,
    inputs: [
      {
        time: ms(500),
        order: 0,
        action: { class: 'fault', name: 'stall', target: '*', options: { percent: 1 } },
      },
    ],
  });
  await run.viewAt(ms(1000), window);
  expect((await run.facts({ kinds: ['delayed'] })).filter(({ type }) => type === 'CallsStall')).toHaveLength(
    14,
  );
  expect((await run.marks()).filter(({ label }) => label === 'CallsStall')).toHaveLength(1);
});
