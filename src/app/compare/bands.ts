/** Where everything stands in the drawing of several runs over one time axis: pixels from times, nothing else. */
import { scaleLinear } from 'd3';
import type { Time } from '../../kernel/time';
import { textWidth } from '../../stage/layout/text-width';
import type { Run } from './together.svelte';

export interface Band {
  readonly run: Run;
  readonly top: number;
  readonly height: number;
  /** Middle of the broker's row, and how high it is. */
  readonly broker: { readonly y: number; readonly height: number };
  /** Middles of the workers' rows, in the order of the workload. */
  readonly workers: readonly number[];
}

export interface Plan {
  readonly width: number;
  readonly height: number;
  /** Where time 0 stands. */
  readonly left: number;
  readonly right: number;
  readonly axis: number;
  readonly bands: readonly Band[];
  readonly x: (time: Time) => number;
  readonly time: (x: number) => Time;
}

const axisHeight = 46;
const titleHeight = 22;

/** Lays the runs out under one another. `end` is the last time that is drawn. */
export function planBands(runs: readonly Run[], width: number, height: number, end: Time): Plan {
  const narrow = width < 560;
  const left = narrow ? 84 : 150;
  const right = width - (narrow ? 20 : 32);
  const scale = scaleLinear().domain([0, end]).range([left, right]).clamp(true);
  const each = Math.max(118, (height - axisHeight) / runs.length);
  const bands = runs.map((run, index): Band => {
    const top = titleHeight / 2 + index * each;
    // Where there is little room at the left, the name stands over the row and not beside it.
    const brokerHeight = narrow ? Math.min(36, each * 0.22) : Math.min(44, each * 0.27);
    const middle = narrow ? Math.max(each * 0.32, 34 + brokerHeight / 2) : each * 0.3;
    return {
      run,
      top,
      height: each,
      broker: { y: top + middle, height: brokerHeight },
      workers: [top + each * (narrow ? 0.64 : 0.62), top + each * 0.85],
    };
  });
  const total = titleHeight / 2 + each * runs.length + axisHeight;
  return {
    width,
    height: total,
    left,
    right,
    axis: total - axisHeight + 8,
    bands,
    x: (time) => scale(time),
    time: (x) => Math.round(scale.invert(Math.max(left, Math.min(right, x)))),
  };
}

/** Words over a worker's row, and where their middle is. */
export interface Note {
  readonly x: number;
  readonly text: string;
}

export const noteSize = 13;

/**
 * What stands over the followed order wherever a worker had it once more: each by its words, or, where those would lie over one
 * another, the first of them with how often it was. All of it lies within the drawing.
 */
export function againNotes(
  agains: readonly Time[],
  { x, left, right }: Pick<Plan, 'x' | 'left' | 'right'>,
  once: string,
  often: (times: number) => string,
): Note[] {
  const width = (text: string): number => textWidth(text, noteSize, 600);
  const note = (at: Time, text: string): Note => {
    const half = width(text) / 2;
    return { x: Math.max(left + half, Math.min(right - half, x(at))), text };
  };
  const each = agains.map((at) => note(at, once));
  const apart = width(once) + 8;
  if (each.every((one, index) => index === 0 || one.x - each[index - 1].x >= apart)) return each;
  return [note(agains[0], often(agains.length))];
}

/** The last instant worth drawing: a little after everything has happened in every run. */
export function endOfDrawing(runs: readonly Run[], end: Time): Time {
  const last = Math.max(...runs.flatMap(({ course }) => course.handlings.map(({ to, from }) => to ?? from)));
  const step = 5_000_000;
  return Math.min(end, Math.ceil((last + 1_000_000) / step) * step);
}
