import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Lane, Replica } from '../../src/kernel/shape';
import { seconds } from '../../src/kernel/time';
import { whatMatters } from '../../src/app/narrator/summary';
import type { View } from '../../src/scenario/host';
import * as make from '../../src/stage/fixture-shapes';
import { deepLane } from '../../src/stage/fixtures-stress';
import { labelsOf, layout } from '../../src/stage/layout/kafka-scene';
import { boxOf, overlap } from '../../src/stage/layout/placer';
import { modeOf, type Size } from '../../src/stage/layout/size';

interface CopySpec {
  readonly behind: number;
  readonly isUp: boolean;
  readonly inSync: boolean;
  readonly cut: number;
}

/** A partition whose copies are `behind` its longest; `leader` names one of them, or none. */
function replicated(index: number, end: number, leader: number, copies: readonly CopySpec[], groups: readonly string[]): Lane {
  const pointers = groups.map((group, at) => make.pointerOf(group, Math.max(0, end - at * 3), null, null, end));
  const whole = deepLane(index, end, pointers, null);
  const replicas = copies.map(({ behind, isUp, inSync, cut }, at): Replica => {
    const logEnd = Math.max(0, end - behind);
    const process = `kafka-${at + 1}`;
    const cells = whole.cells.filter(({ offset }) => offset < logEnd);
    const faces = whole.cells.slice(0, cut).map(({ face }) => face);
    return {
      ...{ node: at + 1, process, address: `${process}/shop-events/${index}`, isLeader: at === leader },
      ...{ isUp, inSync, logStart: 0, logEnd, highWatermark: Math.max(0, logEnd - 1), epoch: 1, cells },
      truncated: cut === 0 ? null : { from: logEnd, to: logEnd + cut, at: seconds(17), faces },
    };
  });
  const shown = replicas[leader] ?? replicas[0];
  return {
    ...whole,
    ...{ logEnd: shown.logEnd, highWatermark: shown.highWatermark, cells: shown.cells, replicas },
    ...{ leaderEpoch: 3, minInSync: 2 },
  };
} // prettier-ignore

const copy = fc.record({
  behind: fc.integer({ min: 0, max: 6 }),
  isUp: fc.boolean(),
  inSync: fc.boolean(),
  cut: fc.integer({ min: 0, max: 3 }),
});
const cluster = fc
  .record({
    lanes: fc.array(
      fc.record({
        end: fc.integer({ min: 0, max: 3000 }),
        leader: fc.integer({ min: -1, max: 2 }),
        copies: fc.array(copy, { minLength: 3, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    groups: fc.subarray(['billing', 'audit', 'search']),
    cut: fc.boolean(),
  })
  .map(({ lanes, groups, cut }): View => {
    const processes = groups.map((name) => make.processOf(name, { group: name }));
    return make.viewOf(
      seconds(18),
      [
        ...lanes.map(({ end, leader, copies }, index) => replicated(index, end, leader, copies, groups)),
        ...processes.map((process) => make.groupOf(process.name, [process])),
        make.processOf('shop'),
        ...processes,
      ],
      { links: cut ? [{ from: 'kafka-1', to: 'kafka-2', cut: true, extraMs: 0 }] : [] },
    );
  });
const anySize = fc
  .record({ width: fc.integer({ min: 320, max: 1800 }), height: fc.integer({ min: 240, max: 900 }) })
  .map(({ width, height }): Size => ({ width, height, mode: modeOf(width, height) }));

property.prop([cluster, anySize], { numRuns: 150 })(
  'texts never cover one another and stay on the drawing, whoever leads and is down',
  (view, size) => {
    const scene = layout(view, size);
    const boxes = labelsOf(scene).map((label) => ({ text: label.text, box: boxOf(label) }));
    const covered = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => overlap(shrunk(a.box), shrunk(b.box)))
        .map((b) => `${a.text} | ${b.text}`),
    );
    expect(covered).toEqual([]);
    const outside = boxes.filter(
      ({ box: { x, y, width, height } }) =>
        x < -0.5 || y < -0.5 || x + width > size.width + 0.5 || y + height > scene.height + 0.5,
    );
    expect(outside.map(({ text }) => text)).toEqual([]);
  },
  60_000,
);

describe('a partition that nobody leads', () => {
  const down = { behind: 0, isUp: false, inSync: false, cut: 0 };
  const last = { behind: 2, isUp: false, inSync: true, cut: 0 };
  const late = { behind: 4, isUp: true, inSync: false, cut: 0 };
  const view = make.viewOf(seconds(18), [
    replicated(0, 8, -1, [down, last, late], []),
    make.processOf('shop'),
  ]);
  const scene = layout(view, { width: 984, height: 490, mode: 'wide' });
  const texts = labelsOf(scene).map(({ text }) => text);

  test('says so, and how few are in sync', () => {
    expect(texts).toEqual(
      expect.arrayContaining(['no leader', '1 in sync, 2 needed', 'down', 'out of sync']),
    );
    expect(whatMatters(view)[0]).toBe('Partition 0 has no leader: nobody can write or read it.');
  });

  test('keeps the rows of all copies, compared with none', () => {
    const rows = scene.lanes[0].copies!.rows;
    expect(rows.map(({ cells }) => cells.length)).toEqual([8, 6, 4]);
    expect(rows.flatMap(({ hatches }) => hatches)).toEqual([]);
    expect(rows.map(({ feed }) => feed)).toEqual([null, null, null]);
  });
});

function shrunk({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x: x + 0.5, y: y + 1, width: width - 1, height: height - 2 };
}
