/** Instants at the edges: many lanes, many groups, deep logs, everything broken at once. */
import type { Cell, Lane, Pointer, Process } from '../kernel/shape';
import { seconds } from '../kernel/time';
import type { View, Window } from '../scenario/host';
import { drawnInstant, withStores } from './fixtures';
import {
  face,
  groupOf,
  laneAddress,
  laneOf,
  pointerOf,
  processOf,
  storeOf,
  tokenOf,
  viewOf,
} from './fixture-shapes';

const prefixes = ['OC', 'SK', 'PR', 'PA', 'NT', 'LG'] as const;
const keys = ['mug', 'pen', 'tee', 'cap', 'jar'] as const;

/** A record for any place, the same each time. */
function record(lane: number, offset: number): string {
  const number = String((lane * 31 + offset * 7) % 97).padStart(2, '0');
  return `${prefixes[(lane + offset * 5) % prefixes.length]}${number} ${keys[(lane + offset) % keys.length]}`;
}

/** A lane that holds `end` records of which only those in the window are handed out, as a broker would. */
export function deepLane(
  index: number,
  end: number,
  pointers: readonly Pointer[],
  window: Window | null,
  more: Partial<Lane> = {},
): Lane {
  const to = window?.lanes[laneAddress(index)]?.to ?? end;
  const start = Math.max(more.logStart ?? 0, Math.min(to, end) - (window?.cells ?? 11));
  const cells: Cell[] = [];
  for (let offset = start; offset < Math.min(to, end); offset++) {
    cells.push({
      offset,
      face: face(record(index, offset)),
      timestamp: offset,
      expiresAt: null,
      uncommittedBy: [],
    });
  }
  return { ...laneOf(index, [], pointers), logEnd: end, highWatermark: end, cells, ...more };
}

/** Thousands of records, a group far behind, and one that has never committed. */
export function deepLog(window: Window | null): View {
  const ends = [5000, 4987, 12_345];
  const lanes = ends.map((end, index) =>
    deepLane(
      index,
      end,
      [
        pointerOf('search', end - 1, end, 'search', end),
        pointerOf('audit', index === 2 ? null : 40, 52, 'audit', end),
      ],
      window,
    ),
  );
  const owns = lanes.map(({ address }) => address);
  const [search, audit] = [
    processOf('search', { group: 'search', owns }),
    processOf('audit', { group: 'audit', owns }),
  ];
  return viewOf(seconds(900), [
    ...lanes,
    groupOf('search', [search]),
    groupOf('audit', [audit]),
    processOf('shop-api'),
    search,
    audit,
  ]);
}

/** Eight partitions and four groups: two shared, two with one consumer. */
export function crowded(window: Window | null): View {
  const names = ['search', 'cache', 'billing', 'recommendations'];
  const shared = new Map<string, Process[]>();
  for (const name of names) {
    const count = name === 'search' ? 4 : name === 'billing' ? 8 : 1;
    const per = 8 / count;
    shared.set(
      name,
      Array.from({ length: count }, (_, member) =>
        processOf(count === 1 ? name : `${name}-${'abcdefgh'[member]}`, {
          group: name,
          owns: Array.from({ length: per }, (_, lane) => laneAddress(member * per + lane)),
        }),
      ),
    );
  }
  const processes = [...shared.values()].flat();
  const lanes = Array.from({ length: 8 }, (_, index) => {
    const end = 14 + ((index * 5) % 9);
    const pointers = names.map((name, at) => {
      const owner = shared.get(name)!.find(({ owns }) => owns.includes(laneAddress(index)))!;
      const committed = Math.max(0, end - ((index + at * 3) % 11));
      return pointerOf(name, committed, Math.min(end, committed + (at % 2)), owner.address, end);
    });
    return deepLane(index, end, pointers, window);
  });
  const groups = names.map((name) => groupOf(name, shared.get(name)!));
  return viewOf(seconds(60), [
    ...lanes,
    ...groups,
    processOf('shop-api'),
    processOf('stock-feed'),
    ...processes,
    storeOf(
      'search-index',
      keys.map((key, at) => [key, at + 2, `PR${10 + at}`]),
    ),
  ]);
}

/** Cut, delayed, slow, paused, down, pinned: every condition a consumer or a link can be in. */
export function troubled(): View {
  const view = withStores();
  const shapes = view.shapes.map((shape) => {
    if (shape.shape === 'process') {
      if (shape.name === 'search-a')
        return {
          ...shape,
          condition: 'slow' as const,
          queued: ['OC28', 'SK33', 'PR34', 'OC35', 'OC36', 'OC37'].map(face),
          pins: ['commit'],
        };
      if (shape.name === 'search-b')
        return { ...shape, condition: 'down' as const, brokeBefore: null, conditionSince: -seconds(23.4) };
      if (shape.name === 'search-c')
        return { ...shape, condition: 'paused' as const, current: null, step: null };
      if (shape.name === 'shop-api') return { ...shape, queued: ['OC40', 'OC41'].map(face) };
    }
    return shape;
  });
  const links = [
    { from: 'cache', to: 'kafka', cut: true, extraMs: 0 },
    { from: 'search-a', to: 'kafka', cut: false, extraMs: 400 },
    { from: 'shop-api', to: 'kafka', cut: true, extraMs: 0 },
  ];
  return {
    ...view,
    shapes,
    links,
    tokens: [
      ...view.tokens,
      tokenOf('held', 'shop-api', laneAddress(2), ['OC40'], { held: true, arrivesAt: Infinity }),
    ],
  };
}

/** Segments at the left are due: deleted, fading, dated. */
export function retained(): View {
  const retention = seconds(30);
  const records = Array.from({ length: 9 }, (_, at) => record(0, at));
  const lanes = [0, 1, 2].map((index) => {
    const lane = laneOf(index, records, [pointerOf('search', 8 + index, 8 + index, 'search', 13)], {
      logStart: 4,
      retention,
    });
    return {
      ...lane,
      cells: lane.cells.map((cell, at) => ({
        ...cell,
        expiresAt: at < 6 ? seconds(61 + Math.floor(at / 2) * 4) : null,
      })),
    };
  });
  const search = processOf('search', { group: 'search', owns: [0, 1, 2].map(laneAddress) });
  return viewOf(seconds(60), [...lanes, groupOf('search', [search]), processOf('shop-api'), search]);
}

/** B's lane has gone to A; A and C wait for the others. */
export function rebalancing(): View {
  const view = drawnInstant({ tokens: [] });
  const shapes = view.shapes.map((shape) => {
    if (shape.shape === 'group' && shape.name === 'search')
      return { ...shape, state: 'PreparingRebalance' as const };
    if (shape.shape === 'lane') {
      return {
        ...shape,
        pointers: shape.pointers.map((pointer) =>
          pointer.group === 'search' ? { ...pointer, position: null, owner: null } : pointer,
        ),
      };
    }
    return shape;
  });
  return { ...view, shapes };
}

/** After the rebalance: A reads two lanes, B is back and has none yet. */
export function reassigned(): View {
  const view = drawnInstant({ tokens: [] });
  const shapes = view.shapes.map((shape) => {
    if (shape.shape === 'process' && shape.name === 'search-a')
      return { ...shape, owns: [laneAddress(0), laneAddress(1)] };
    if (shape.shape === 'lane' && shape.index === 1) {
      return { ...shape, pointers: [pointerOf('search', 6, 7, 'search-a', 9), shape.pointers[1]] };
    }
    return shape;
  });
  return { ...view, shapes };
}

/** More on the wires than can be labelled. */
export function swarm(count: number): View {
  const view = drawnInstant();
  const roads = [0, 1, 2].flatMap((lane) => [
    [laneAddress(lane), 'cache'],
    ['shop-api', laneAddress(lane)],
    [laneAddress(lane), lane === 2 ? 'search-c' : 'search-a'],
  ]);
  const tokens = Array.from({ length: count }, (_, at) => {
    const [from, to] = roads[at % roads.length] as [string, string];
    return tokenOf(`s${at}`, from, to, [record(at % 3, at)], {
      sentAt: seconds(18 - ((at * 13) % 100) / 60),
      arrivesAt: seconds(19 + ((at * 7) % 100) / 60),
    });
  });
  return { ...view, tokens };
}
