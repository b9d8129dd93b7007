import { test as property, fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Pointer, Process, Shape } from '../../src/kernel/shape';
import { seconds } from '../../src/kernel/time';
import type { View, Window } from '../../src/scenario/host';
import * as make from '../../src/stage/fixture-shapes';
import * as drawn from '../../src/stage/fixtures';
import * as stress from '../../src/stage/fixtures-stress';
import { layout, labelsOf } from '../../src/stage/layout/kafka-scene';
import { boxOf, overlap } from '../../src/stage/layout/placer';
import { heightWanted, windowFor, type LayoutOptions } from '../../src/stage/layout/plan';
import type { Box, Label, Scene } from '../../src/stage/layout/scene';
import { datum, modeOf, type Size } from '../../src/stage/layout/size';

const desk: Size = { width: 984, height: 480, mode: 'wide' };
const laptop: Size = { width: 872, height: 350, mode: 'tight' };
const phone: Size = { width: 390, height: 326, mode: 'phone' };
const sizes = [desk, laptop, phone];

function collisions(scene: Scene): string[] {
  const labels = labelsOf(scene);
  const boxes = labels.map(boxOf);
  const found: string[] = [];
  boxes.forEach((box, index) => {
    for (let other = index + 1; other < boxes.length; other++) {
      if (overlap(shrunk(box), shrunk(boxes[other])))
        found.push(`"${labels[index].text}" and "${labels[other].text}"`);
    }
  });
  return found;
}

/** Half a pixel of a side bearing is not a collision. */
function shrunk({ x, y, width, height }: Box): Box {
  return { x: x + 0.5, y: y + 1, width: width - 1, height: height - 2 };
}

function outside(scene: Scene): Label[] {
  return labelsOf(scene).filter((label) => {
    const { x, y, width, height } = boxOf(label);
    return x < -0.5 || y < -0.5 || x + width > scene.size.width + 0.5 || y + height > scene.height + 0.5;
  });
}

/** Any number of partitions, groups and consumers, anywhere in their logs, in any condition. */
const anyView = fc
  .record({
    lanes: fc.integer({ min: 0, max: 7 }),
    groups: fc.array(
      fc.record({
        name: fc.constantFrom('search', 'cache', 'billing', 'recommendations', 'audit'),
        members: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 4 },
    ),
    ends: fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 8, maxLength: 8 }),
    lags: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 40, maxLength: 40 }),
    conditions: fc.array(fc.constantFrom<Process['condition']>('up', 'crashed', 'down', 'slow', 'paused'), {
      minLength: 24,
      maxLength: 24,
    }),
    stores: fc.integer({ min: 0, max: 3 }),
    producers: fc.integer({ min: 0, max: 2 }),
    cut: fc.boolean(),
    time: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ lanes, groups, ends, lags, conditions, stores, producers, cut, time }) => {
    const named = groups.filter(
      ({ name }, index) => groups.findIndex((group) => group.name === name) === index,
    );
    let next = 0;
    const processes = named.flatMap(({ name, members }) =>
      Array.from({ length: members }, (_, member) =>
        make.processOf(members === 1 ? name : `${name}-${'abcde'[member]}`, {
          group: name,
          condition: conditions[next++ % 24],
          brokeBefore: next % 2 ? 'commit' : null,
          owns: Array.from({ length: lanes }, (_, lane) => lane)
            .filter((lane) => lane % members === member)
            .map(make.laneAddress),
          queued: Array.from({ length: lags[next] % 7 }, (_, at) => make.face(`OC${at + 10}`)),
          current: next % 3 === 0 ? make.face('SK77 mug') : null,
          pins: next % 4 === 0 ? ['commit'] : [],
        }),
      ),
    );
    const lane = (index: number): Shape => {
      const end = ends[index];
      const pointers = named.map(({ name }, at): Pointer => {
        const owner = processes.find(
          (process) => process.group === name && process.owns.includes(make.laneAddress(index)),
        );
        const committed = Math.max(0, end - lags[index * 4 + at]);
        const gone = owner?.condition === 'crashed' || owner?.condition === 'down';
        const pointer = make.pointerOf(
          name,
          committed,
          gone || !owner ? null : Math.min(end, committed + (index % 3)),
          owner?.address ?? null,
          end,
        );
        return index % 2
          ? { ...pointer, sought: { from: Math.min(end, committed + 4), to: committed, at: 0 } }
          : pointer;
      });
      return stress.deepLane(index, end, pointers, null);
    };
    const shapes: Shape[] = [
      ...Array.from({ length: lanes }, (_, index) => lane(index)),
      ...named.map(({ name }) =>
        make.groupOf(
          name,
          processes.filter(({ group }) => group === name),
        ),
      ),
      ...Array.from({ length: producers }, (_, index) =>
        make.processOf(`shop-api-${index}`, { condition: conditions[20 + index] }),
      ),
      ...processes,
      ...Array.from({ length: stores }, (_, index) =>
        make.storeOf(
          ['search-index', 'cache-rows', 'ledger'][index],
          [
            ['mug', 2, 'PR10'],
            ['a long key indeed', 40, 'OC11'],
          ],
          index === 2 ? { rows: [], rowCount: 0 } : {},
        ),
      ),
    ];
    const links = cut ? [{ from: processes[0]?.name ?? 'nobody', to: 'kafka', cut: true, extraMs: 0 }] : [];
    return make.viewOf(seconds(time), shapes, { links });
  });

const anySize = fc
  .record({ width: fc.integer({ min: 320, max: 1800 }), height: fc.integer({ min: 240, max: 900 }) })
  .map(({ width, height }): Size => ({ width, height, mode: modeOf(width, height) }));

describe('texts', () => {
  property.prop([anyView, anySize], { numRuns: 200 })(
    'never cover one another and stay on the drawing, whatever is shown',
    (view, size) => {
      const scene = layout(view, size);
      expect(collisions(scene)).toEqual([]);
      expect(outside(scene).map(({ text }) => text)).toEqual([]);
    },
    60_000,
  );

  test.each(Object.entries(instants()))('stay apart in every instant of the gallery: %s', (_, view) => {
    for (const size of sizes) {
      const scene = layout(view(windowFor(size)), size);
      expect([size.mode, ...collisions(scene)]).toEqual([size.mode]);
      expect(outside(scene).map(({ text }) => text)).toEqual([]);
    }
  });

  test('are never smaller than 14 px', () => {
    for (const size of sizes) {
      for (const { text, size: px } of labelsOf(layout(drawn.withStores(), size)))
        expect([text, px >= 14]).toEqual([text, true]);
    }
  });
});

describe('the datum', () => {
  property.prop([anyView, anySize])('is the x of the first cell at every width of a mode', (view, size) => {
    for (const lane of layout(view, size).lanes) expect(lane.left).toBe(datum(size.mode));
  });
});

describe('a lane', () => {
  test('shows the newest cells at its end, and says how many are older', () => {
    const [lane] = layout(stress.deepLog(windowFor(desk)), desk).lanes;
    expect(lane.end).toBe(5000);
    expect(lane.older).toBe(lane.first);
    expect(lane.cells.at(-1)!.cell.offset).toBe(4999);
  });

  test('stays where a person scrolled it to while records arrive', () => {
    const lanes = { [make.laneAddress(0)]: { to: 120 } };
    const window: Window = { ...windowFor(desk), lanes };
    const [lane] = layout(stress.deepLog(window), desk, { window }).lanes;
    expect([lane.first, lane.end, lane.newer]).toEqual([120 - window.cells, 120, 4880]);
  });

  test('moves its window by a third of its width at a time, so that cells mostly stand still', () => {
    const firsts = Array.from({ length: 12 }, (_, arrived) => firstAt(40 + arrived));
    expect(new Set(firsts).size).toBeLessThanOrEqual(5);
  });

  test('keeps one deleted place before the first record that is still there', () => {
    const [lane] = layout(stress.retained(), desk).lanes;
    expect(lane.retention).toMatchObject({ x: lane.left + lane.cell });
    expect(lane.cells.filter(({ expires }) => expires).length).toBeGreaterThan(0);
  });

  test('hatches what was applied and not committed', () => {
    const lane = layout(drawn.drawnInstant(), desk).lanes[1];
    expect(lane.hatches).toEqual([{ x: lane.left + 6 * lane.cell, width: 2 * lane.cell }]);
  });

  function firstAt(end: number): number {
    return layout(make.viewOf(0, [stress.deepLane(0, end, [], null)]), desk).lanes[0].first;
  }
});

describe('a group', () => {
  test('stands with its solid flag at the committed offset and its outline where it reads', () => {
    const scene = layout(drawn.drawnInstant(), desk);
    const lane = scene.lanes[0];
    const search = scene.sidings.find(({ id }) => id === `search@${lane.address}`)!;
    expect(search.flag!.pole!.x).toBe(lane.left + 9 * lane.cell);
    expect(search.position!.x).toBe(lane.left + 10 * lane.cell);
    expect(search.lag!.label.text).toBe('lag 2');
  });

  test('keeps its side whoever joins first, and the third stands further out on the first side', () => {
    const scene = layout(stress.crowded(null), desk);
    const first = scene.lanes[0];
    const heights = new Map(
      scene.sidings.filter(({ lane }) => lane === first.address).map(({ group, wireY }) => [group, wireY]),
    );
    expect(heights.get('search')!).toBeLessThan(first.y);
    expect(heights.get('cache')!).toBeGreaterThan(first.y + first.height);
    expect(heights.get('billing')!).toBeLessThan(heights.get('search')!);
    expect(heights.get('recommendations')!).toBeGreaterThan(heights.get('cache')!);
  });

  test('that is off the screen is named at the edge with its offset', () => {
    const scene = layout(stress.deepLog(windowFor(desk)), desk);
    const audit = scene.sidings.find(({ id }) => id === `audit@${make.laneAddress(0)}`)!;
    expect(audit.flag).toMatchObject({ away: 'left', pole: null });
    expect(audit.flag!.label.text).toBe('audit at 40');
  });

  test('says what will be read again after a crash, and when', () => {
    const note = layout(drawn.drawnInstant(), desk).sidings.flatMap(({ notes }) => notes)[0];
    expect(note.text).toBe('6 and 7 were not committed: read again in 1.2 s');
    const short = layout(drawn.drawnInstant(), phone).sidings.flatMap(({ notes }) => notes)[0];
    expect(short.text).toBe('again in 1.2 s');
  });
});

describe('the height', () => {
  test('of three partitions and two groups needs no scrolling on a laptop or a phone', () => {
    expect(heightWanted(drawn.drawnInstant(), laptop)).toBeLessThanOrEqual(laptop.height);
    expect(heightWanted(drawn.withStores(), phone)).toBeLessThanOrEqual(328);
  });

  test('grows with lanes and groups beyond the viewport, and is scrolled', () => {
    expect(layout(stress.crowded(null), desk).height).toBeGreaterThan(desk.height);
  });
});

test('an empty stage says so', () => {
  expect(layout(make.viewOf(0, []), desk).empty?.text).toBe('Nothing is on this stage yet.');
});

function instants(): Record<string, (window: Window, options?: LayoutOptions) => View> {
  return {
    drawn: () => drawn.drawnInstant(),
    'with stores': drawn.withStores,
    'empty topic': drawn.emptyTopic,
    'deep log': (window) => stress.deepLog(window),
    crowded: (window) => stress.crowded(window),
    troubled: () => stress.troubled(),
    retained: () => stress.retained(),
    rebalancing: () => stress.rebalancing(),
    reassigned: () => stress.reassigned(),
  };
}
