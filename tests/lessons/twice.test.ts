import { expect, test } from 'vitest';
import { loadLesson } from '../../src/course/load';
import { check } from '../../src/course/observe';
import { probeStart, startOf } from '../../src/course/runs';
import { ms } from '../../src/kernel/time';
import { createLocalHost } from '../../src/scenario/local-host';
import type { Scenario } from '../../src/scenario/scenario';

const { lesson } = await loadLesson('twice', 'en');
const window = { cells: 40, lanes: {}, rows: 12 };
const settingOf = ({ services }: Scenario, bodies: readonly { readonly key: string | null }[]) => ({
  roleOf: (process: string) => services.find(({ name }) => name === process)?.role ?? '',
  bodyOf: (message: number) => bodies[message] as never,
});

async function rowsAt(recording: Parameters<typeof createLocalHost>[0], atMs: number, address: string) {
  const host = await createLocalHost(recording);
  const view = await host.viewAt(ms(atMs), window);
  const store = view.shapes.find((shape) => shape.address === address);
  return {
    host,
    view,
    rows: store?.shape === 'store' ? store.rows.map(({ key, value }) => [key, value]) : [],
  };
}

const base = startOf(lesson, 'base', { engine: 'test', seed: lesson.seed });

test('what the bet is about has not happened where time stops before it, and has where it is asked about', async () => {
  const before = await rowsAt(base.recording, lesson.spoilsAtMs, 'account-book');
  expect(before.rows).toEqual([['anna', '500']]);
  const after = await rowsAt(base.recording, lesson.observeAtMs, 'account-book');
  expect(after.rows).toEqual([['anna', '800']]);
});

test('the report is checked against history: twice is right, once and never are not', async () => {
  const { host } = await rowsAt(base.recording, lesson.observeAtMs, 'account-book');
  const facts = await host.facts({});
  const setting = settingOf(lesson.scenario, await host.bodies());
  const checked = ['once', 'twice', 'never'].map((answer) =>
    check(lesson.observation, answer, facts, setting),
  );
  expect(checked.map(({ right }) => right)).toEqual([false, true, false]);
  expect(facts[checked[0].moment!]).toMatchObject({ kind: 'redelivered', position: 1 });
});

test('the mails are asked about after one of +700 has gone out and before the account is back', async () => {
  const { transfer } = lesson;
  const { recording } = probeStart(transfer, { engine: 'test', seed: transfer.seed });
  const asked = await rowsAt(recording, transfer.askAtMs, 'account-mail');
  expect(asked.rows.map(([, label]) => label)).toEqual(['LG+500', 'LG−200', 'LG+700']);
  expect(asked.view.shapes.find(({ address }) => address === 'account')).toMatchObject({
    brokeBefore: 'apply',
  });
  const told = await rowsAt(recording, transfer.tellAtMs, 'account-mail');
  expect(told.rows.map(([, label]) => label).slice(0, 4)).toEqual(['LG+500', 'LG−200', 'LG+700', 'LG+700']);
});

test('ids are a table beside the book, and each says which entry it stands for', async () => {
  const { recording } = probeStart(lesson.transfer, { engine: 'test', seed: lesson.transfer.seed });
  const { rows } = await rowsAt(recording, lesson.transfer.askAtMs, 'account-book/ids');
  expect(rows).toEqual([
    ['e0', 'LG+500'],
    ['e1', 'LG−200'],
  ]);
});
