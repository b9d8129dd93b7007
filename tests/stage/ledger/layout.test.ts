import { describe, expect, test } from 'vitest';
import { askedAccount, emptyBook, longLog, twoCases } from '../../../src/stage/ledger/fixtures';
import { ledgerScene } from '../../../src/stage/ledger/layout';
import { ledgerOf } from '../../../src/stage/ledger/model';
import { accountTables } from '../../../src/stage/ledger/account-tables';
import { ledgerWords as words } from '../../../src/stage/ledger/words.en';
import { boxOf, overlap } from '../../../src/stage/layout/placer';
import type { Size } from '../../../src/stage/layout/size';
import { seconds } from '../../../src/kernel/time';
import type { View } from '../../../src/scenario/host';

const sizes: Readonly<Record<string, Size>> = {
  wide: { width: 950, height: 510, mode: 'wide' },
  tight: { width: 845, height: 418, mode: 'tight' },
  phone: { width: 390, height: 328, mode: 'phone' },
};
const instants: Readonly<Record<string, () => View>> = {
  'a question answered': askedAccount,
  'an empty book': emptyBook,
  'a long log': longLog,
  'two cases': twoCases,
  'a crashed row': () => twoCases(true),
};
const every = Object.keys(sizes).flatMap((size) =>
  Object.keys(instants).map((instant) => [instant, size] as const),
);

describe.each(every)('%s, %s', (instant, name) => {
  const size = sizes[name];
  const scene = ledgerScene(instants[instant](), size, words);
  const labels = [...scene.labels, ...scene.over.labels];

  test('no text is below 14 px, but for a number on its shape', () => {
    for (const { size: px, text } of labels) expect(px, text).toBeGreaterThanOrEqual(14);
    for (const { size: px, text } of scene.faces) if (text !== null) expect(px, text).toBeGreaterThanOrEqual(12);
  });

  test('every text is on the drawing', () => {
    for (const one of labels) {
      const { x, width } = boxOf(one);
      expect(x, one.text).toBeGreaterThanOrEqual(0);
      expect(x + width, one.text).toBeLessThanOrEqual(size.width + 2);
    }
  });

  test('no two texts overlap', () => {
    for (const [index, one] of scene.labels.entries())
      for (const other of scene.labels.slice(index + 1))
        expect(overlap(boxOf(one), boxOf(other), -1), `${one.text} / ${other.text}`).toBe(false);
  });

  test('everything that can be pressed has a name of its own and room for a finger', () => {
    const ids = scene.items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name: said, box } of scene.items) {
      expect(said).not.toBe('');
      expect(box.width).toBeGreaterThanOrEqual(20);
    }
  });
}); // prettier-ignore

test('the handle stands after the line that was asked about, and in the past where time stands', () => {
  expect(ledgerOf(askedAccount()).accounts[0].stand).toBe(2);
  expect(ledgerOf(twoCases()).accounts.map(({ stand }) => stand)).toEqual([3, 2, 3]);
});

test('lines that are recorded later are there as ghosts, each a way to its own time', () => {
  const past = { ...askedAccount(), time: seconds(15) };
  const series = [{ name: 'balance account-log/7', kind: 'balance' as const, times: [2.4, 8.4, 11.4, 18].map(seconds), values: [500, 300, 1000, 950] }];
  const scene = ledgerScene(past, sizes['wide'], words, series);
  expect(scene.items.find(({ id }) => id === 'later/4')).toMatchObject({ seeks: seconds(18), selects: null });
  expect(scene.rail?.stops.map(({ time }) => time)).toEqual([seconds(2.4) - 1000, ...[2.4, 8.4, 11.4, 18].map(seconds)]);
}); // prettier-ignore

test('the table says what the picture says', () => {
  const { accounts, questions } = accountTables(askedAccount(), words);
  expect(accounts).toMatchObject([{ rowSays: '$1,000', logSays: 'three lines: $1,000' }]);
  expect(questions[0].rows.map(({ row, log }) => [row, log])).toEqual([
    ['$1,000', '$1,000 = +500, −200, +700'],
    ['It cannot say', '$300 = +500, −200'],
    ['not asked yet', 'not asked yet'],
  ]);
  const spoken = ledgerScene(askedAccount(), sizes['wide'], words).items.map(({ name }) => name);
  for (const { question, row, log } of questions[0].rows)
    expect(spoken).toContain(words.saysQuestion(question, row, log));
});

test('a finding is ticked or crossed, in the picture and in the table', () => {
  const { accounts } = accountTables(twoCases(), words);
  expect(accounts.map(({ finding, isTrouble }) => [finding, isTrouble])).toEqual([
    ['', false],
    ['found: lost', false],
    ['paid back? Not so.', true],
  ]);
});
