/** A laid out chain, in CSS px. Plain data; components only draw it. */
import type { Address, Face, Process } from '../../kernel/shape';
import type { Box, GapFigure, Item, Label, Point } from '../layout/scene';
import type { Size } from '../layout/size';

export type Path = readonly Point[];

export interface LineFigure {
  readonly id: string;
  readonly path: Path;
  /** `way`: orders go along it; `behind`: what happens after the answer; `expected`: nobody there. */
  readonly form: 'way' | 'behind' | 'expected';
}

export interface ArrowFigure {
  readonly x: number;
  readonly y: number;
  readonly towards: 'left' | 'right';
}

/** An order that hangs: its number in a ring that fills as its time goes by. */
export interface StalledFigure {
  readonly item: Item;
  readonly face: Face;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Outer radius of the ring. */
  readonly ring: number;
  readonly text: string | null;
  /** Share of its waiting that is over, where that is known. */
  readonly share: number | null;
  readonly label: Label | null;
}

/** Somewhere an order can be: the browser, the API, a step of it, a service that is called, a consumer. */
export interface StopFigure {
  readonly item: Item;
  /** null for a step of the API. */
  readonly process: Process | null;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly labels: readonly Label[];
  readonly sign: { readonly kind: 'slow' | 'paused'; readonly x: number; readonly y: number } | null;
  readonly gap: GapFigure | null;
  readonly stalled: StalledFigure | null;
  /** What waits for it, as a share of the most that waits anywhere. */
  readonly bar: { readonly box: Box; readonly share: number } | null;
}

/** A log in brief: its newest records, open at the right. */
export interface StripFigure {
  readonly item: Item;
  readonly box: Box;
  readonly labels: readonly Label[];
  readonly faces: readonly { readonly face: Face; readonly x: number; readonly y: number }[];
  readonly dividers: readonly number[];
}

/** Where an order is while it is worked on: by address, a way through the stop, halfway before and halfway after. */
export interface Passage {
  readonly path: Path;
  /** 1: it passes through; 2: it goes there and comes back. */
  readonly legs: 1 | 2;
  /** Share of the path at which the stop is. */
  readonly at: number;
}

export interface DesignFigure {
  readonly id: Address;
  readonly title: Label | null;
  readonly lines: readonly LineFigure[];
  readonly arrows: readonly ArrowFigure[];
  readonly stops: readonly StopFigure[];
  readonly strip: StripFigure | null;
  /** By the address of a process. */
  readonly passages: ReadonlyMap<Address, Passage>;
  /** Where an order is while the API is at a step of its own. */
  readonly steps: ReadonlyMap<string, Point>;
  readonly client: Address | null;
  readonly clientWay: Path | null;
  readonly ways: ReadonlyMap<string, Path>;
  /** How many orders the API has in hand. */
  readonly orders: number;
}

export interface ChainScene {
  readonly size: Size;
  /** Height of the whole drawing; more than the size's when it must be scrolled. */
  readonly height: number;
  /** Height at which nothing has to be scrolled. */
  readonly heightWanted: number;
  readonly tokenRadius: number;
  readonly designs: readonly DesignFigure[];
  readonly items: readonly Item[];
  readonly taken: readonly Box[];
  /** Says what is wrong when there is nothing to draw. */
  readonly empty: Label | null;
}
