/** How large everything is: three sizes of drawing, measures in CSS px. Text keeps its size at every width. */
export type Mode = 'wide' | 'tight' | 'phone';

export interface Size {
  readonly width: number;
  readonly height: number;
  readonly mode: Mode;
}

export interface Metrics {
  readonly mode: Mode;
  readonly pad: number;
  /** From the page pad to the first cell: names, stops. */
  readonly columnLeft: number;
  /** Right of the cells: lag, flags that stand at the end, the producer's trunk. */
  readonly columnRight: number;
  /** How much of the next, empty cell is drawn. */
  readonly nextCell: number;
  readonly cellWanted: number;
  readonly top: number;
  readonly cellHeightMin: number;
  /** At which a number, a shape and a key have room. */
  readonly cellHeightGood: number;
  readonly cellHeightMax: number;
  /** Height of one level beside a strip: the wire near it, the flag and the lag further out. */
  readonly trackMin: number;
  /** At which flag and wire do not touch. */
  readonly trackGood: number;
  readonly trackMax: number;
  readonly wireOff: number;
  readonly flagHeight: number;
  readonly stop: number;
  /** Stops of a consumer beside its lane, from the first cell leftwards: the one nearest to it, and the last. */
  readonly stopNear: number;
  readonly stopFar: number;
  readonly token: number;
  readonly text: number;
  readonly name: number;
  readonly stationRow: number;
  readonly storeRow: number;
  readonly trunkRight: number;
  readonly bottom: number;
}

const wide: Metrics = {
  mode: 'wide',
  pad: 24,
  columnLeft: 196,
  columnRight: 104,
  nextCell: 0.55,
  cellWanted: 55,
  top: 40,
  cellHeightMin: 44,
  cellHeightGood: 60,
  cellHeightMax: 72,
  trackMin: 30,
  trackGood: 39,
  trackMax: 44,
  wireOff: 13,
  flagHeight: 18,
  stop: 6,
  stopNear: 36,
  stopFar: 82,
  token: 9.5,
  text: 14,
  name: 16,
  stationRow: 34,
  storeRow: 40,
  trunkRight: 26,
  bottom: 8,
};

const tight: Metrics = {
  ...wide,
  mode: 'tight',
  pad: 20,
  columnLeft: 166,
  columnRight: 84,
  cellWanted: 50,
  top: 26,
  cellHeightMin: 40,
  trackMin: 26,
  trackGood: 34,
  wireOff: 11,
  flagHeight: 17,
  stopNear: 30,
  stopFar: 62,
  token: 8,
  name: 14,
  stationRow: 26,
  storeRow: 32,
  bottom: 4,
};

const phone: Metrics = {
  ...tight,
  mode: 'phone',
  pad: 16,
  columnLeft: 58,
  columnRight: 34,
  nextCell: 0.3,
  cellWanted: 36,
  top: 22,
  cellHeightMin: 38,
  cellHeightGood: 44,
  cellHeightMax: 56,
  trackMin: 24,
  trackGood: 30,
  trackMax: 34,
  wireOff: 10,
  stop: 4.5,
  stopNear: 12,
  stopFar: 38,
  token: 7,
  stationRow: 22,
  storeRow: 22,
  trunkRight: -4,
  bottom: 2,
};

export function metricsOf(mode: Mode): Metrics {
  return mode === 'wide' ? wide : mode === 'tight' ? tight : phone;
}

/** The drawing that suits a stage of this size. Below 320 px the Table view takes the stage's place. */
export function modeOf(width: number, height: number): Mode {
  if (width < 600) return 'phone';
  return width < 900 || height < 480 ? 'tight' : 'wide';
}

/** The size to draw in: a fixed one, or what the box has (CSS px). */
export function sizeOf(
  fixed: { readonly width: number; readonly height: number } | null,
  boxWidth: number,
  boxHeight: number,
  mode: (width: number, height: number) => Mode = modeOf,
): Size {
  const width = Math.max(280, Math.floor(fixed?.width ?? boxWidth));
  const height = Math.floor(fixed?.height ?? boxHeight);
  return { width, height, mode: mode(width, height) };
}

/**
 * The one datum of the page: x of the left edge of cell 0, of the time axis' origin and of the inspector's rows.
 * The same for every width of one mode, so that a scroll bar or a resized pane never moves it.
 */
export function datum(mode: Mode): number {
  const { pad, columnLeft } = metricsOf(mode);
  return pad + columnLeft;
}

/** Cells of a lane and their width. `zoom` 1 is the width at which a whole label can be read. */
export function cellsOf(
  width: number,
  mode: Mode,
  zoom = 1,
): { readonly cells: number; readonly cell: number } {
  const { pad, columnLeft, columnRight, nextCell, cellWanted } = metricsOf(mode);
  const room = Math.max(width - 2 * pad - columnLeft - columnRight, 4 * cellWanted * 0.6);
  const wanted = cellWanted * zoom;
  const cells = Math.max(3, Math.round(room / wanted - nextCell));
  return { cells, cell: Math.max(2, Math.floor(room / (cells + nextCell))) };
}
