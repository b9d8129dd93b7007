import type { Time } from '../../kernel/time';
import type { Mode } from '../layout/size';

/** Another run that can be gone back to. */
export interface RunLine {
  readonly id: number;
  readonly name: string;
  readonly reach: Time;
  /** Where it and the run on screen part. */
  readonly parts: Time;
}

/** Heights of the time axis and what stands above and below it, px. */
export interface TimelineLayout {
  readonly height: number;
  /** y of the run's line. */
  readonly axis: number;
  /** Top of the band above the line in which signs and their names stand. */
  readonly marksTop: number;
  /** Of each measure: y of zero, and of its largest value. */
  readonly tracks: readonly { readonly bottom: number; readonly top: number; readonly label: number }[];
  /** Of each older run. */
  readonly runs: readonly number[];
  readonly text: number;
  readonly pad: number;
  /** Free px right of the axis. */
  readonly right: number;
  readonly handleTop: number;
  readonly handleHeight: number;
}

export function timelineLayout(mode: Mode, trackCount: number, runCount: number): TimelineLayout {
  if (mode === 'phone') {
    return {
      height: 44,
      axis: 24,
      marksTop: 0,
      tracks: [],
      runs: [],
      text: 13,
      pad: 8,
      right: 8,
      handleTop: 8,
      handleHeight: 32,
    };
  }
  const wide = mode === 'wide';
  const track = wide ? 30 : 26;
  const tracksTop = wide ? 4 : 2;
  const marksTop = tracksTop + trackCount * track;
  const axis = marksTop + (wide ? 26 : 24);
  const runsTop = axis + (wide ? 36 : 34);
  return {
    height: (runCount > 0 ? runsTop + (runCount - 1) * 18 + 10 : axis + 32) + (wide ? 2 : 0),
    axis,
    marksTop,
    tracks: Array.from({ length: trackCount }, (_, index) => {
      const bottom = tracksTop + (index + 1) * track - 5;
      return { bottom, top: bottom - (wide ? 20 : 16), label: bottom - 2 };
    }),
    runs: Array.from({ length: runCount }, (_, index) => runsTop + index * 18),
    text: 14,
    pad: wide ? 24 : 20,
    right: wide ? 38 : 34,
    handleTop: axis + 9,
    handleHeight: 20,
  };
}
