/** What an inspector shows of one object: small plain data of the instant the run stands at. */
import { ownerOf } from '../judge/match';
import type { Kernel } from '../kernel/kernel';
import type { Fact } from '../kernel/fact';
import type { Address, Face, Group, Lane, Process, Shape, Store } from '../kernel/shape';
import { seconds, type Time } from '../kernel/time';
import type { Trace } from '../kernel/trace';
import { Handlings } from './handlings';
import {
  recordsPerPage,
  rowsPerPage,
  type Comparison,
  type GroupInspection,
  type Inspection,
  type LaneInspection,
  type Page,
  type ProcessInspection,
  type Progress,
  type StoreInspection,
  type TruthRow,
  type Window,
} from './host';
import { nodeIn, transactionIn } from './inspect-cluster';
import { optionsOf } from './option-values';
import type { Registry } from './registry';
import type { Run } from './run';
import { TruthAndSeen, type Standing } from './truth';
import { shapesAt } from './view';

/** How far back the pace of a group is measured. */
const paceOver = seconds(5);
const handlingsMax = 20;
/** A comparison looks at no more rows than this. */
const rowsMax = 10_000;
export const newestPage: Page = { to: null, from: 0 };

/** Looks into one run. Remembers what it has read of history, which never changes. */
export class Inspector {
  private readonly handlings = new Handlings();
  private readonly truths = new Map<Address, TruthAndSeen>();

  constructor(
    private readonly run: Run,
    private readonly registry: Registry,
  ) {}

  inspect(address: Address, page: Page = newestPage): Inspection {
    const lanes = { [address]: { to: page.to } };
    const shapes = this.shapes({ cells: recordsPerPage, lanes, rows: 0 });
    const shape = shapes.find((candidate) => candidate.address === address);
    switch (shape?.shape) {
      case 'lane':
        return this.lane(shape);
      case 'group':
        return this.group(shape, shapes);
      case 'process':
        return this.process(shape, shapes);
      case 'store':
        return this.store(shape, shapes, page);
      case 'transaction':
        return transactionIn(shape, shapes);
      case 'stack':
        return { of: 'stack', stack: shape };
      case 'pile':
        return { of: 'pile', pile: shape };
      case 'switch':
        return { of: 'switch', switch: shape };
      default:
        return nodeIn(address, shapes) ?? { of: 'nothing', address };
    }
  }

  private shapes(window: Window): Shape[] {
    return shapesAt(this.run.world, this.run.recording.scenario, this.registry, window);
  }

  private lane(lane: Lane): LaneInspection {
    const expiresAt = (offset: number): Time | null => {
      const window = { cells: 1, lanes: { [lane.address]: { to: offset + 1 } }, rows: 0 };
      const one = this.shapes(window).find(({ address }) => address === lane.address) as Lane;
      return one.cells[0]?.expiresAt ?? null;
    };
    return { of: 'lane', lane, nextExpiry: nextExpiry(lane.logStart, lane.logEnd, expiresAt) };
  }

  private group(group: Group, shapes: readonly Shape[]): GroupInspection {
    const isRead = (address: Address) =>
      lanesIn(shapes).some(
        (lane) => lane.address === address && lane.pointers.some((pointer) => pointer.group === group.name),
      );
    const { world, trace } = this.run;
    return { of: 'group', group, progress: progressOf(factsSince(trace, world), group.name, isRead, world.now) };
  } // prettier-ignore

  private process(process: Process, shapes: readonly Shape[]): ProcessInspection {
    const { world, trace, recording } = this.run;
    this.handlings.upTo(trace);
    return {
      of: 'process',
      process: isGone(process) ? { ...process, unsettled: this.willRepeat(process, shapes) } : process,
      applies: this.handlings
        .last(process.address, world.factCount, handlingsMax)
        .map(({ fact, time, kind, message, lane, offset, nth }) => ({
          fact, time, kind, lane, offset, nth, face: faceOf(world, message),
        })),
      options: optionsOf(process.name, recording, this.registry, world.now),
    }; // prettier-ignore
  }

  /** What a service that is gone had applied and not committed. It has forgotten; the run has not. */
  private willRepeat({ address, group }: Process, shapes: readonly Shape[]): Face[] {
    const flags = lanesIn(shapes).flatMap(({ address: lane, logStart, pointers }) =>
      pointers
        .filter((pointer) => pointer.owner === address && pointer.group === group)
        .map(({ committed }) => ({ lane, from: committed ?? logStart })),
    );
    const lanes = Object.fromEntries(flags.map(({ lane, from }) => [lane, { to: from + recordsPerPage }]));
    const after = lanesIn(this.shapes({ cells: recordsPerPage, lanes, rows: 0 }));
    return flags.flatMap(({ lane }) =>
      (after.find((one) => one.address === lane)?.cells ?? [])
        .filter(({ uncommittedBy }) => group !== null && uncommittedBy.includes(group))
        .map(({ face }) => face),
    );
  }

  private store(shape: Store, shapes: readonly Shape[], page: Page): StoreInspection {
    const { rows: _, ...store } = shape;
    const host = shapes.find(
      (other): other is Process => other.shape === 'process' && other.address === ownerOf(shape.address),
    );
    const topics = this.topicsOf(shape.address);
    return {
      of: 'store',
      store,
      condition: host?.condition ?? 'up',
      conditionSince: host?.conditionSince ?? 0,
      comparison: topics.length === 0 ? null : this.compare(shape.address, topics, page.from),
    };
  }

  private compare(address: Address, topics: readonly string[], from: number): Comparison {
    const { world, trace } = this.run;
    let truth = this.truths.get(address);
    if (!truth) this.truths.set(address, (truth = new TruthAndSeen(address, topics)));
    truth.upTo(trace, (message) => world.bodies.get(message));
    const shapes = this.shapes({ cells: 0, lanes: {}, rows: rowsMax });
    const { rows: seen } = shapes.find(
      (shape): shape is Store => shape.shape === 'store' && shape.address === address,
    )!;
    const rows = compareRows(truth.at(world.factCount), seen, (message) => faceOf(world, message));
    const differing = rows.filter(({ state }) => state !== 'same');
    const sinces = differing.flatMap(({ since }) => since ?? []);
    const sorted =
      rows.length <= rowsPerPage ? rows : [...differing, ...rows.filter(({ state }) => state === 'same')];
    const first = Math.max(0, Math.min(from, rows.length - 1));
    return {
      topics,
      rows: sorted.slice(first, first + rowsPerPage),
      rowCount: rows.length,
      differing: differing.length,
      since: sinces.length === 0 ? null : Math.min(...sinces),
    };
  }

  /** What is read by those who write this store. */
  private topicsOf(store: Address): readonly string[] {
    const writers = this.run.recording.scenario.services.filter(({ parts }) =>
      parts.some(({ options }) => options?.['store'] === store),
    );
    const topics = writers.flatMap(({ parts }) => parts.flatMap(({ options }) => named(options?.['topics'])));
    return [...new Set(topics)];
  }
}

function lanesIn(shapes: readonly Shape[]): readonly Lane[] {
  return shapes.filter((shape) => shape.shape === 'lane');
}

function isGone({ condition }: Process): boolean {
  return condition === 'crashed' || condition === 'down';
}

/** An option that lists names: as an array, or separated by spaces or commas. */
function named(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((word) => word !== '') : [];
}

function faceOf({ bodies }: Kernel, message: number): Face {
  const { domain, label, key, version } = bodies.get(message);
  return { message, domain, label, key, version };
}

/**
 * The records at the start of a log that may go together, and from when on. Retention takes whole segments, oldest
 * first, so they are the run of offsets that expire no later than the first.
 */
export function nextExpiry(
  start: number,
  end: number,
  expiresAt: (offset: number) => Time | null,
): LaneInspection['nextExpiry'] {
  const at = start < end ? expiresAt(start) : null;
  if (at === null) return null;
  const goesToo = (offset: number): boolean => (expiresAt(offset) ?? Infinity) <= at;
  let [low, high] = [start + 1, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (goesToo(middle)) low = middle + 1;
    else high = middle;
  }
  return { at, count: low - start };
}

/** Facts of the measured stretch and one second before it, up to the present instant. */
function factsSince(trace: Trace, { now, factCount }: Kernel): Fact[] {
  const facts: Fact[] = [];
  for (let id = Math.min(factCount, trace.length) - 1; id >= 0; id--) {
    if (trace.timeOf(id) < now - paceOver - seconds(1)) break;
    const kind = trace.kindOf(id);
    if (kind === 'settled' || kind === 'sought' || kind === 'accepted') facts.push(trace.fact(id));
  }
  return facts.reverse();
}

/** The pace of a group up to `now`, from facts in order. A flag that follows a seek has not read what lies between. */
export function progressOf(
  facts: readonly Fact[],
  group: string,
  isRead: (lane: Address) => boolean,
  now: Time,
): Progress {
  const from = now - paceOver;
  const sought = new Map<Address, number>();
  let [settled, arrived] = [0, 0];
  for (const { kind, subject, position, amount, time, group: by } of facts) {
    if (kind === 'accepted') {
      if (time > from && isRead(subject)) arrived++;
    } else if (by !== group) {
      continue;
    } else if (kind === 'sought') {
      sought.set(subject, position);
    } else if (kind === 'settled') {
      const isJump = sought.get(subject) === position;
      sought.delete(subject);
      if (time > from && !isJump) settled += Math.max(0, position - Math.max(0, amount));
    }
  }
  return { settled, arrived, over: Math.max(1, Math.min(paceOver, now)) };
}

/** Truth beside seen, by key. */
export function compareRows(
  standings: ReadonlyMap<string, Standing>,
  rows: Store['rows'],
  face: (message: number) => Face,
): TruthRow[] {
  const seen = new Map(rows.map((row) => [row.key, row]));
  const keys = new Set([...seen.keys(), ...standings.keys()]);
  return [...keys].sort((a, b) => (a < b ? -1 : 1)).flatMap((key): TruthRow[] => {
    const { truth = null, since = null } = standings.get(key) ?? {};
    const row = seen.get(key) ?? null;
    if (truth === null && row === null) return [];
    return [
      {
        key,
        truth: truth && { face: face(truth.message), lane: truth.lane, offset: truth.offset },
        seen: row,
        state: stateOf(truth?.version ?? null, row?.version ?? null),
        since,
      },
    ];
  });
} // prettier-ignore

function stateOf(truth: number | null, seen: number | null): TruthRow['state'] {
  if (seen === null) return 'missing';
  if (truth === null || seen > truth) return 'ahead';
  return seen === truth ? 'same' : 'behind';
}
