import { describe, expect, test } from 'vitest';
import { laneAddress } from '../../src/stage/fixture-shapes';
import { drawnInstant, withStores } from '../../src/stage/fixtures';
import { deepLane, deepLog } from '../../src/stage/fixtures-stress';
import { neighbour, type Direction } from '../../src/stage/layout/focus';
import { layout } from '../../src/stage/layout/kafka-scene';
import { windowFor } from '../../src/stage/layout/plan';
import type { Size } from '../../src/stage/layout/size';
import { displayName, shortLabel, shortName } from '../../src/stage/names';
import { scrolled } from '../../src/stage/scroll';

const desk: Size = { width: 984, height: 490, mode: 'wide' };
const items = layout(withStores(), desk).items;

function walk(from: string, ...directions: Direction[]): string | undefined {
  let id: string | null = from;
  for (const direction of directions) id = neighbour(items, id, direction)?.id ?? null;
  return id ?? undefined;
}

describe('arrow keys', () => {
  test('run along a strip from the partition to its cells', () => {
    expect(walk(`lane/${laneAddress(0)}`, 'right', 'right')).toBe('cell/0/1');
  });

  test('run along a wire from a consumer to its flag', () => {
    expect(walk('process/search-a', 'right')).toBe(`flag/search@${laneAddress(0)}`);
  });

  test('change between wires and strips at the nearest place', () => {
    expect(walk('cell/0/9', 'up')).toBe(`flag/search@${laneAddress(0)}`);
    expect(walk('cell/0/5', 'down')).toBe(`flag/cache@${laneAddress(0)}`);
  });

  test('reach everything that has a name', () => {
    const seen = new Set<string>();
    const open = [items[0].id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = neighbour(items, id, direction);
        if (next) open.push(next.id);
      }
    }
    expect(items.filter(({ id }) => !seen.has(id))).toEqual([]);
  });

  test('stop at the edge of the picture', () => {
    expect(neighbour(items, items[0].id, 'up')).toBeNull();
  });
});

describe('what is heard', () => {
  const nameOf = (id: string) => items.find((item) => item.id === id)?.name;

  test('of a record, its place and what is wrong with it', () => {
    expect(nameOf('cell/1/7')).toBe('OC21, order, offset 7, key tee, applied but not committed by search');
  });

  test('of a group in a lane, where it stands and how far behind', () => {
    expect(nameOf(`flag/search@${laneAddress(0)}`)).toBe(
      'Group search in partition 0: committed 9, the next to read, reading at 10, lag 2',
    );
  });

  test('of a consumer, its condition and where it broke', () => {
    expect(nameOf('process/search-b')).toBe(
      'search B, consumer of search, reads no partition, crashed, broke before commit',
    );
  });

  test('ids are unique and every target is at least 24 px high', () => {
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    for (const mode of ['wide', 'tight', 'phone'] as const) {
      const size = {
        wide: desk,
        tight: { width: 872, height: 350, mode },
        phone: { width: 390, height: 326, mode },
      }[mode];
      for (const { id, box } of layout(drawnInstant(), size).items)
        expect([id, box.height >= 24 && box.width >= 24]).toEqual([id, true]);
    }
  });
});

describe('scrolling a lane', () => {
  const window = windowFor(desk);
  const lane = deepLane(0, 5000, [], window);
  const { first, end } = layout(deepLog(window), desk).lanes[0];

  test('back leaves the end, forward to the end follows it again', () => {
    const back = scrolled(lane, window, { first, end }, -3);
    expect(back).toBe(4997);
    expect(
      scrolled(lane, { ...window, lanes: { [lane.address]: { to: back } } }, { first, end }, 3),
    ).toBeNull();
  });

  test('stops at the first record', () => {
    expect(scrolled(lane, window, { first, end }, -9000)).toBe(window.cells);
  });
});

test('names are written as people say them', () => {
  expect(['search-b', 'shop-api', 'cache', 'search-index'].map(displayName)).toEqual([
    'search B',
    'shop API',
    'cache',
    'search index',
  ]);
  expect(shortName('search-b', 'search')).toBe('B');
  expect(['OC17', 'LG+500', 'XY'].map(shortLabel)).toEqual(['17', '+500', 'XY']);
});
