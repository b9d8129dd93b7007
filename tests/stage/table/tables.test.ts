import { describe, expect, test } from 'vitest';
import { seconds } from '../../../src/kernel/time';
import { storeOf, viewOf } from '../../../src/stage/fixture-shapes';
import { drawnInstant } from '../../../src/stage/fixtures';
import { tablesOf } from '../../../src/stage/table/tables';

describe('the Table view says what the stage draws', () => {
  const tables = tablesOf(drawnInstant({ links: [{ from: 'cache', to: 'kafka', cut: true, extraMs: 0 }] }));

  test('a row for each partition, a column for each flag', () => {
    const [table] = tables.partitions;
    expect(table.topic).toBe('shop-events');
    expect(table.groups).toEqual(['cache', 'search']);
    expect(table.rows.map(({ name, first, next }) => [name, first, next])).toEqual([
      ['Partition 0', 0, 11],
      ['Partition 1', 0, 9],
      ['Partition 2', 0, 10],
    ]);
    expect(table.rows[0].flags[0]).toBe('at 5, reading at 6, lag 6, read by cache; moved from 9 to 5');
    expect(table.rows[1].flags[1]).toMatch(/^at 6, lag 3, .*applied, not committed: 6, 7$/);
    expect(table.rows[1].holds.map(({ face, where }) => `${face.label} ${where}`)).toContain('OC21 at 7');
  });

  test('what is not in the window is counted', () => {
    const view = drawnInstant();
    const [first] = view.shapes;
    if (first.shape !== 'lane') throw new Error('the first shape is a lane');
    const [row] = tablesOf({ ...view, shapes: [{ ...first, cells: first.cells.slice(4, 8) }] }).partitions[0]
      .rows;
    expect([row.older, row.newer]).toEqual([4, 3]);
  });

  test('consumers with their condition and what they hold, producers apart', () => {
    const b = tables.consumers.find(({ name }) => name === 'search B');
    expect(b?.condition).toBe('crashed before commit since 0:13.8');
    expect(b?.isTrouble).toBe(true);
    const c = tables.consumers.find(({ name }) => name === 'search C');
    expect(c?.step).toBe('apply, 0.4 s more');
    expect(c?.holds.map(({ face }) => face.label)).toEqual(['OC30']);
    expect(tables.producers.map(({ name }) => name)).toEqual(['shop API']);
  });

  test('groups with the time until a silent member is given up', () => {
    const search = tables.groups.find(({ name }) => name === 'search');
    expect(search?.lag).toBe('6');
    expect(search?.members).toContain('search B reads 1, given up in 1.2 s');
  });

  test('messages on their way, and links in trouble', () => {
    expect(tables.moving[0]).toMatchObject({ from: 'partition 0', to: 'search A', arrives: 'in 0.4 s' });
    expect(tables.links).toEqual([{ name: 'cache to kafka', state: 'cut' }]);
  });

  test('an emptied store says since when', () => {
    const store = { ...storeOf('search-index', []), wipedAt: seconds(36), rowCount: 0 };
    expect(tablesOf(viewOf(seconds(40), [store])).stores[0].empty).toBe(
      'This store has no rows. It was emptied at 0:36.0.',
    );
  });
});
