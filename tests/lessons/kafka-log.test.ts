import { expect, test } from 'vitest';
import { loadLesson } from '../../src/course/load';
import { check } from '../../src/course/observe';
import { probeStart, startOf } from '../../src/course/runs';
import type { Lane } from '../../src/kernel/shape';
import { ms, seconds } from '../../src/kernel/time';
import { createLocalHost } from '../../src/scenario/local-host';
import type { View } from '../../src/scenario/host';

const { lesson } = await loadLesson('kafka-log', 'en');
const window = { cells: 40, lanes: {}, rows: 12 };
const host = await createLocalHost(startOf(lesson, 'base', { engine: 'test', seed: lesson.seed }).recording);

function lane(view: View, index: number): Lane {
  return view.shapes.find((shape): shape is Lane => shape.shape === 'lane' && shape.index === index)!;
}
const committed = (view: View, index: number, group: string) =>
  lane(view, index).pointers.find((pointer) => pointer.group === group)?.committed;

test('what the bet says of 0:11 is so: search has read offset 3, cache stands further back and is paused', async () => {
  const view = await host.viewAt(seconds(10.9), window);
  expect(committed(view, 0, 'search')).toBeGreaterThanOrEqual(4);
  expect(committed(view, 0, 'cache')).toBe(2);
  expect(view.shapes.find((shape) => shape.address === 'cache-1')).toMatchObject({ condition: 'paused' });
});

test('cache is caught up and still when the index is emptied', async () => {
  const { fix } = lesson.starts;
  const start = startOf(lesson, 'fix', { engine: 'test', seed: lesson.seed });
  const run = await createLocalHost(start.recording);
  const view = await run.viewAt(ms(fix.atMs), window);
  for (const index of [0, 1, 2]) {
    const { logEnd } = lane(view, index);
    expect(logEnd).toBeGreaterThan(6);
    expect([committed(view, index, 'search'), committed(view, index, 'cache')]).toEqual([logEnd, logEnd]);
  }
  const wiped = await run.viewAt(ms(fix.playToMs), window);
  expect(wiped.shapes.find((shape) => shape.address === 'search-index')).toMatchObject({ rowCount: 0 });
});

test('the report is checked against history: the flag of cache is right, the flag of search is wrong', async () => {
  await host.viewAt(ms(lesson.observeAtMs), window);
  const facts = await host.facts({});
  const setting = { roleOf: () => '', bodyOf: () => { throw new RangeError(); } }; // prettier-ignore
  const right = check(lesson.observation, '2', facts, setting);
  expect(right.right).toBe(true);
  expect(facts[right.moment!]).toMatchObject({ group: 'cache', position: 2, subject: 'kafka/shop-events/0' });
  for (const wrong of ['4', '0', '', 'two'])
    expect(check(lesson.observation, wrong, facts, setting).right).toBe(false);
});

test('the mailer stands before offset 4 when it is asked about, and reads 4 first', async () => {
  const { transfer } = lesson;
  const run = await createLocalHost(probeStart(transfer, { engine: 'test', seed: transfer.seed }).recording);
  const view = await run.viewAt(ms(transfer.askAtMs), window);
  expect(committed(view, 0, 'receipts')).toBe(4);
  expect(view.shapes.find((shape) => shape.address === 'mailer')).toMatchObject({
    condition: 'crashed',
    brokeBefore: 'commit',
  });
  await run.viewAt(ms(transfer.tellAtMs), window);
  const reads = (await run.facts({ kinds: ['delivered', 'redelivered'] })).filter(
    (fact) => fact.time > ms(transfer.askAtMs),
  );
  expect(reads[0].position).toBe(4);
});
