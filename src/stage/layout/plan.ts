import { scaleBand, scaleLinear, type ScaleLinear } from 'd3';
import type { Address, Group, Lane, Process, Store } from '../../kernel/shape';
import { toMs, type Time } from '../../kernel/time';
import type { View, Window } from '../../scenario/host';
import { isStoreHost, shapesOf } from '../names';
import { stageWords, type StageWords } from '../words.en';
import { blockHeight, copiesIn, endOfCopies, rowsOf, type Rows } from './block';
import { Placer } from './placer';
import type { FlagForm, WireForm } from './scene';
import { openTransactions, transactionRow } from './open-transactions';
import { cellsOf, datum, metricsOf, type Metrics, type Size } from './size';

/** What the picture cannot know from the state alone. */
export interface LayoutOptions {
  readonly window?: Window | null;
  /** 1: labels can be read; smaller shows more of the log. */
  readonly zoom?: number;
  /** A line about an object, by address: "publishes 1 a second". */
  readonly captions?: Readonly<Record<Address, string>>;
  /** Which group (or process) writes a store, by the store's address. Without it, names that begin alike are joined. */
  readonly writers?: Readonly<Record<Address, string>>;
  readonly words?: StageWords;
}

export interface LanePlan {
  readonly lane: Lane;
  readonly row: number;
  /** Top of the strip: of several copies, the leader's. */
  readonly y: number;
  /** What stands between the levels of groups above and below: the strip, or all copies of it. */
  readonly top: number;
  readonly bottom: number;
  /** Top of each copy's strip, in their order; empty where there is only one. */
  readonly copies: readonly number[];
  /** First offset that has a place on the screen, and the end of those shown. */
  readonly first: number;
  readonly end: number;
  readonly following: boolean;
  readonly x: ScaleLinear<number, number>;
}

export interface GroupPlan {
  readonly name: string;
  readonly shape: Group | null;
  readonly above: boolean;
  /** 0: the level next to the strip. */
  readonly track: number;
  readonly flag: FlagForm;
  readonly wire: WireForm;
  readonly processes: readonly Process[];
  /** One consumer reads everything: its line gathers at the left and has its station below. */
  readonly solo: boolean;
}

/** All the decisions the parts of the picture share. */
export interface Plan {
  readonly view: View;
  readonly size: Size;
  readonly metrics: Metrics;
  readonly words: StageWords;
  readonly options: LayoutOptions;
  readonly placer: Placer;
  readonly x0: number;
  readonly cell: number;
  readonly cells: number;
  readonly cellHeight: number;
  readonly track: number;
  readonly lanes: readonly LanePlan[];
  readonly groups: readonly GroupPlan[];
  readonly producers: readonly Process[];
  readonly stores: readonly Store[];
  /** Consumers that stand in the rows below the lanes, from the top. */
  readonly below: readonly { readonly process: Process; readonly group: GroupPlan }[];
  readonly transactionsTop: number;
  readonly storesTop: number;
  readonly belowTop: number;
  readonly height: number;
  /** Milliseconds from now until a time; negative when it is past. */
  until(time: Time): number;
}

const flagForms: readonly FlagForm[] = ['swallowtail', 'square', 'pennant', 'slant'];
const wireForms: readonly WireForm[] = ['line', 'cased', 'fine', 'fine-cased'];
const topicHeader = 24;

export function planOf(view: View, size: Size, options: LayoutOptions = {}): Plan {
  const metrics = metricsOf(size.mode);
  const words = options.words ?? stageWords;
  const lanes = sortedLanes(view);
  const stores = shapesOf(view.shapes, 'store');
  const processes = shapesOf(view.shapes, 'process').filter((process) => !isStoreHost(process, stores));
  const groups = groupsOf(view, processes);
  const producers = processes.filter(({ group }) => group === null);
  const below = belowOf(groups, lanes.length);

  const topics = new Set(lanes.map(({ place }) => place)).size;
  const top = metrics.top + Math.max(0, producers.length - 1) * 18;
  const rows = rowsOf(metrics, lanes);
  const rowsBelow = Math.max(below.length, size.mode === 'phone' || stores.length > 0 ? 0 : 1);
  const transactions = openTransactions(view).length * transactionRow;
  const bottom =
    transactions + stores.length * metrics.storeRow + rowsBelow * metrics.stationRow + metrics.bottom;
  const vertical = verticalOf(
    size,
    metrics,
    groups,
    lanes.length,
    top + Math.max(0, topics - 1) * topicHeader,
    bottom,
    rows,
  );
  const { cells, cell } = cellsOf(size.width, size.mode, options.zoom ?? 1);
  const x0 = datum(size.mode);

  const firstStrip = top + vertical.above;
  const tops = topsOf(lanes, firstStrip, vertical);
  const planned = lanes.map((lane, row) => ({
    lane,
    row,
    ...copiesIn(lane, tops[row], vertical.cellHeight, vertical.strip, rows?.ruler),
    ...windowOf(lane, cells, options.window ?? null, x0, cell),
  }));
  const transactionsTop =
    (planned.at(-1)?.bottom ?? firstStrip) + (planned.length === 0 ? 0 : vertical.below) + 2;
  const storesTop = transactionsTop + transactions;
  const belowTop = storesTop + stores.length * metrics.storeRow;
  const height = Math.max(size.height, Math.ceil(belowTop + rowsBelow * metrics.stationRow + metrics.bottom));

  return {
    view,
    size,
    metrics,
    words,
    options,
    placer: new Placer({ x: 0, y: 0, width: size.width, height }),
    x0,
    cell,
    cells,
    cellHeight: vertical.cellHeight,
    track: vertical.track,
    lanes: planned,
    groups,
    producers,
    stores,
    below,
    transactionsTop,
    storesTop,
    belowTop,
    height,
    until: (time) => toMs(time - view.time),
  };
}

/** The smallest height at which this view needs no scrolling, so that a page can give the stage its room. */
export function heightWanted(view: View, size: Size): number {
  return planOf(view, { ...size, height: 0 }).height;
}

/** x where the producers' trunks begin: texts about the log's end stay left of it. */
export function rightLimit({ metrics, producers }: Plan, width: number): number {
  if (producers.length === 0) return width - metrics.pad;
  return width - metrics.pad - metrics.trunkRight - (producers.length - 1) * 12 - 6;
}

/** A window as the stage would ask for it: as many cells as fit, every lane at its end. */
export function windowFor(size: Size, zoom = 1, lanes: Window['lanes'] = {}): Window {
  return { cells: cellsOf(size.width, size.mode, zoom).cells, lanes, rows: size.mode === 'phone' ? 8 : 24 };
}

function sortedLanes(view: View): Lane[] {
  const lanes = shapesOf(view.shapes, 'lane');
  const places = [...new Set(lanes.map(({ place }) => place))];
  return lanes.toSorted((a, b) => places.indexOf(a.place) - places.indexOf(b.place) || a.index - b.index);
}

/** Tops of all lanes, from that of the first: evenly spread, with room for a header before each further topic. */
function topsOf(
  lanes: readonly Lane[],
  first: number,
  { strip, pitch }: { readonly strip: number; readonly pitch: number },
): number[] {
  const bands = scaleBand<string>()
    .domain(lanes.map(({ address }) => address))
    .paddingInner(1 - strip / pitch)
    .range([first, first + (lanes.length - 1) * pitch + strip]);
  return lanes.map(
    ({ address }, row) => Math.round(bands(address)!) + topicsBefore(lanes, row) * topicHeader,
  );
}

function topicsBefore(lanes: readonly Lane[], row: number): number {
  return new Set(lanes.slice(0, row + 1).map(({ place }) => place)).size - 1;
}

/** Groups in the order of their first process, so that a group keeps its side whoever joins first; unknown ones last. */
function groupsOf(view: View, processes: readonly Process[]): GroupPlan[] {
  const shapes = shapesOf(view.shapes, 'group');
  const pointed = shapesOf(view.shapes, 'lane').flatMap(({ pointers }) => pointers.map(({ group }) => group));
  const rest = [...new Set([...shapes.map(({ name }) => name), ...pointed])].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  const names = [...new Set([...processes.flatMap(({ group }) => group ?? []), ...rest])];
  return names.map((name, index) => {
    const members = processes.filter(({ group }) => group === name);
    return {
      name,
      shape: shapes.find((shape) => shape.name === name) ?? null,
      above: index % 2 === 0,
      track: Math.floor(index / 2),
      flag: flagForms[index % flagForms.length],
      wire: wireForms[index % wireForms.length],
      processes: members,
      solo: members.length === 1,
    };
  });
}

/** A lone consumer stands below; so does one that has no lane of its own to stand beside. */
function belowOf(groups: readonly GroupPlan[], laneCount: number): Plan['below'] {
  return groups.flatMap((group) =>
    group.processes
      .filter((_, index) => (group.solo && laneCount > 1) || index >= laneCount || isCrowd(group, laneCount))
      .map((process) => ({ process, group })),
  );
}

/** Members of a share group that are given records of the same lane stand together. */
function isCrowd({ shape, processes }: GroupPlan, laneCount: number): boolean {
  return shape?.type === 'share' && processes.length > laneCount;
}

function verticalOf(
  size: Size,
  metrics: Metrics,
  groups: readonly GroupPlan[],
  lanes: number,
  top: number,
  bottom: number,
  rows: Rows | null,
) {
  const above = Math.ceil(groups.length / 2);
  const below = Math.floor(groups.length / 2);
  const bare = (above === 0 ? 8 : 0) + (below === 0 ? 10 : 0);
  const tracks = above + below;
  const room = lanes === 0 ? 0 : (size.height - top - bottom) / lanes;
  const around = blockHeight(rows, 0);
  const share = shareOut(room - bare - around, tracks, metrics, rows);
  const { track } = share;
  const cellHeight = rows === null ? share.cellHeight : Math.floor(share.cellHeight / rows.count);
  const strip = blockHeight(rows, cellHeight);
  return {
    cellHeight,
    strip,
    track,
    above: above === 0 ? 8 : above * track,
    below: below === 0 ? 10 : below * track,
    pitch: strip + tracks * track + bare,
  };
}

/** Height of a lane's strip and of each level beside it: first what is needed, then what is good, then what is ample. */
function shareOut(
  room: number,
  tracks: number,
  metrics: Metrics,
  rows: Rows | null,
): { cellHeight: number; track: number } {
  const { trackMin, trackGood, trackMax } = metrics;
  const { cellHeightMin, cellHeightGood, cellHeightMax } = rows ?? metrics;
  let rest = Math.max(0, Math.floor(room - cellHeightMin - tracks * trackMin));
  const take = (wanted: number, times: number): number => {
    const given = Math.min(wanted, Math.floor(rest / Math.max(1, times)));
    rest -= given * times;
    return given;
  };
  let cellHeight = cellHeightMin + take(Math.round((cellHeightGood - cellHeightMin) / 4), 1);
  let track = trackMin + take(trackGood - trackMin, tracks);
  cellHeight += take(cellHeightGood - cellHeight, 1);
  track += take(trackMax - track, tracks);
  cellHeight += take(cellHeightMax - cellHeight, 1);
  return { cellHeight, track };
}

/**
 * Which offsets are on the screen. At the end the window moves on by a third of its width at a time, so that cells
 * stand still while most records arrive.
 */
function windowOf(lane: Lane, cells: number, window: Window | null, x0: number, cell: number) {
  const to = window?.lanes[lane.address]?.to ?? null;
  const following = to === null || to >= lane.logEnd;
  const logEnd = endOfCopies(lane);
  const step = Math.max(1, Math.floor(cells / 3));
  const start = Math.max(0, lane.logStart - 1);
  const atEnd = logEnd <= start + cells ? start : Math.ceil((logEnd - cells) / step) * step;
  const first = following ? Math.max(start, Math.min(atEnd, logEnd)) : Math.max(0, to - cells);
  const end = Math.min(lane.logEnd, first + cells);
  return {
    first,
    end,
    following,
    x: scaleLinear()
      .domain([first, first + cells])
      .range([x0, x0 + cells * cell]),
  };
}
