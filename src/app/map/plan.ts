/**
 * The course as a line plan: where stations, names and the line itself stand. Pure geometry in design pixels (16 to a
 * rem), so that tests can look for overlaps and large text only scales it. Two plans: wide (two rows with forks) and
 * tall (one line downwards, beside rows whose places the page tells).
 */
import { path, type Path } from 'd3';
import { lessons, type BranchId, type CatalogueLesson, type PartId } from '../../course/catalogue';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface StationPlace extends Place {
  readonly number: number;
  /** How wide its title may be; it wraps within that. */
  readonly titleWidth: number;
}

export interface MapPlan {
  readonly width: number;
  readonly height: number;
  readonly stations: readonly StationPlace[];
  /** Baselines of the parts' names. `centred`: x is the middle. */
  readonly parts: ReadonlyMap<PartId, Place & { readonly centred: boolean }>;
  readonly branches: ReadonlyMap<BranchId, Place>;
  readonly line: string;
  /** Tip of the arrow on the way back to the left. */
  readonly arrow: Place;
  /** Middle of the ring that explains the rings. */
  readonly legend: Place;
  /** Baseline of what is due. */
  readonly due: Place;
}

/** Below this width (design px) the wide plan would crowd its titles. */
export const wideMin = 1240;
export const heightMin = 690;
export const discRadius = 13;
export const ringRadius = 19;
/** Room around a station in which the line is not drawn. */
export const stationGap = 23;
const corner = 14;

/** The plan was drawn for a page of this width, with 48 px at both sides. */
const drawn = { from: 48, to: 1392 };

const firstRow = 228;
const brokerPitch = 92;
const wayBack = 392;
const secondRow = 532;
const modelPitch = 62;
const pitfallPitches: readonly (readonly [BranchId, number])[] = [
  ['schema', -105],
  ['coupling', -35],
  ['delivery', 35],
  ['silence', 105],
];

/** Drawn x of each station, of the forks' ends, and of what stands alone. */
const stationX: readonly number[] = [
  72, 248, 402, 632, 808, 632, 808, 632, 808, 1016, 1152, 1284, 150, 306, 452, 150, 382, 780, 780, 780, 944,
  780, 1140, 1274,
];
const forkX = { brokers: [508, 960], models: [96, 562], pitfalls: [716, 1090] } as const;

/** The wide plan for `width` design px with `pad` at both sides; taller than `heightMin` it spreads its rows. */
export function widePlan(width: number, height: number, pad: number): MapPlan {
  const stretch = Math.min(1.35, Math.max(1, height / heightMin));
  const scale = (width - 2 * pad) / (drawn.to - drawn.from);
  const X = (x: number) => round(pad + (x - drawn.from) * scale);
  const Y = (y: number) => round(y * stretch);
  const stations = lessons.map((lesson) => ({
    number: lesson.number,
    x: X(stationX[lesson.number - 1]),
    y: Y(rowOf(lesson)),
    titleWidth: 0,
  }));
  const above = (number: number, dx = -ringRadius): Place => ({
    x: stations[number - 1].x + dx,
    y: stations[number - 1].y - 34,
  });
  return {
    width,
    height: Y(heightMin),
    stations: stations.map((station) => ({
      ...station,
      titleWidth: titleWidth(station.number, stations, X),
    })),
    parts: new Map([
      ['why', { ...above(1), centred: false }],
      ['brokers', { x: X(456), y: above(4).y, centred: false }],
      ['cqrs', { ...above(13), centred: false }],
      ['sourcing', { ...above(16), centred: false }],
      [
        'pitfalls',
        { x: X((forkX.models[1] + forkX.pitfalls[0]) / 2 - 4), y: Y(secondRow) - 14, centred: true },
      ],
      ['doing', { ...above(23), centred: false }],
    ]),
    branches: new Map([
      ['kafka', { x: X(516), y: stations[3].y - 10 }],
      ['rabbitmq', { x: X(516), y: stations[5].y - 10 }],
      ['sqs', { x: X(516), y: stations[7].y - 10 }],
      ['together', above(10)],
    ]),
    line: wideLine(X, Y),
    arrow: { x: X(760), y: Y(wayBack) },
    legend: { x: X(1130), y: 84 },
    due: { x: stations[0].x - ringRadius, y: Y(firstRow) + 106 },
  };
}

function rowOf(lesson: CatalogueLesson): number {
  switch (lesson.part) {
    case 'why':
      return firstRow;
    case 'brokers':
      return (
        firstRow + (lesson.branch === 'kafka' ? -brokerPitch : lesson.branch === 'sqs' ? brokerPitch : 0)
      );
    case 'cqrs':
      return secondRow - modelPitch;
    case 'sourcing':
      return secondRow + modelPitch;
    case 'pitfalls':
      return secondRow + (pitfallPitches.find(([branch]) => branch === lesson.branch)?.[1] ?? 0);
    case 'doing':
      return secondRow;
  }
}

/**
 * Where the title of a last station in a row has to end. Nothing stands beside the titles below the lowest branch of a
 * fork, so 9 and 22 may run past its end.
 */
const titleEnds: Readonly<Record<number, number>> = {
  3: 500,
  5: 958,
  7: 958,
  9: 1080,
  15: 556,
  17: 556,
  22: 1140,
};

/** Up to the next station of the row, or to the end of its fork or of the page. */
function titleWidth(number: number, stations: readonly Place[], X: (x: number) => number): number {
  const here = stations[number - 1];
  const next = stations[number];
  const left = here.x - ringRadius;
  if (next?.y === here.y && next.x > here.x) return next.x - ringRadius - left - 10;
  const end = titleEnds[number] ?? (number >= 18 && number <= 22 ? forkX.pitfalls[1] : drawn.to);
  return X(end) - left - 10;
}

function wideLine(X: (x: number) => number, Y: (y: number) => number): string {
  const line = path();
  const [one, two] = [Y(firstRow), Y(secondRow)];
  const [brokersFrom, brokersTo] = forkX.brokers.map(X);
  line.moveTo(X(72), one);
  line.lineTo(X(drawn.to) - corner, one);
  for (const side of [-1, 1]) fork(line, brokersFrom, brokersTo, one, Y(firstRow + side * brokerPitch));
  // Back to the left, and down into the second row.
  const [right, left, back] = [X(drawn.to), X(60), Y(wayBack)];
  line.moveTo(right - corner, one);
  line.lineTo(right, one + corner);
  line.lineTo(right, back - corner);
  line.lineTo(right - corner, back);
  line.lineTo(left + corner, back);
  line.lineTo(left, back + corner);
  line.lineTo(left, two - corner);
  line.lineTo(left + corner, two);
  const [modelsFrom, modelsTo] = forkX.models.map(X);
  const [pitfallsFrom, pitfallsTo] = forkX.pitfalls.map(X);
  line.lineTo(modelsFrom - corner, two);
  for (const side of [-1, 1]) fork(line, modelsFrom, modelsTo, two, Y(secondRow + side * modelPitch));
  line.moveTo(modelsTo + corner, two);
  line.lineTo(pitfallsFrom - corner, two);
  for (const [, offset] of pitfallPitches) fork(line, pitfallsFrom, pitfallsTo, two, Y(secondRow + offset));
  line.moveTo(pitfallsTo + corner, two);
  line.lineTo(right, two);
  // The end of the line.
  line.moveTo(right, two - 12);
  line.lineTo(right, two + 12);
  return line.toString();
}

/** Leaves the trunk at 45°, runs along `row`, comes back at 45°. The trunk ends at from − corner and to + corner. */
function fork(line: Path, from: number, to: number, trunk: number, row: number): void {
  const turn = Math.sign(row - trunk) * corner;
  line.moveTo(from - corner, trunk);
  line.lineTo(from, trunk + turn);
  line.lineTo(from, row - turn);
  line.lineTo(from + corner, row);
  line.lineTo(to - corner, row);
  line.lineTo(to, row - turn);
  line.lineTo(to, trunk + turn);
  line.lineTo(to + corner, trunk);
}

export interface TallPlan {
  readonly stations: readonly (Place & { readonly number: number })[];
  readonly line: string;
  readonly width: number;
  readonly height: number;
}

export const laneWidth = 23;
const laneLeft = 22;

/** Lane of each station in the tall plan; 0 is the trunk, which runs through all. */
const lanes: Readonly<Record<number, number>> = {
  6: 1,
  7: 1,
  8: 2,
  9: 2,
  16: 1,
  17: 1,
  19: 1,
  20: 2,
  21: 2,
  22: 3,
};
/** Stretches in which the line has more than one lane: first and last lesson. */
const stretches = [
  { from: 4, to: 9, lanes: 3 },
  { from: 13, to: 17, lanes: 2 },
  { from: 18, to: 22, lanes: 4 },
] as const;

/** `middles[i]` is the height (design px) at which lesson i + 1's row has its middle, from the top of the list. */
export function tallPlan(middles: readonly number[]): TallPlan {
  const X = (lane: number) => laneLeft + lane * laneWidth;
  const stations = middles.map((y, index) => ({ number: index + 1, x: X(lanes[index + 1] ?? 0), y }));
  const line = path();
  const end = (middles.at(-1) ?? 0) + 36;
  line.moveTo(X(0), middles[0] ?? 0);
  line.lineTo(X(0), end);
  line.moveTo(X(0) - 11, end);
  line.lineTo(X(0) + 11, end);
  for (const stretch of stretches) {
    const first = middles[stretch.from - 1];
    const last = middles[stretch.to - 1];
    if (first === undefined || last === undefined) continue;
    for (let lane = 1; lane < stretch.lanes; lane++) {
      const out = X(lane) - X(0);
      const top = first - 26;
      line.moveTo(X(0), top - out);
      line.lineTo(X(lane), top);
      line.lineTo(X(lane), last + 24);
      line.lineTo(X(0), last + 24 + out);
    }
  }
  return { stations, line: line.toString(), width: X(3) + ringRadius + 2, height: end + 12 };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
