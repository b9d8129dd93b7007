/** A laid out picture: where everything of one instant stands, in CSS px. Plain data; components only draw it. */
import type { Address, Cell, Face, Process, Replica, Store, Transaction } from '../../kernel/shape';
import type { Domain } from '../../kernel/bodies';
import type { Selection } from '../selection';
import type { Edge } from '../shapes/paths';
import type { Metrics, Size } from './size';
import type { Weight } from './text-width';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Tone = 'ink' | 'ink2' | 'ink3' | 'red' | 'on-ink';

/** One line of text; `y` is its baseline. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly tone: Tone;
  readonly mono: boolean;
  /** On a plate of paper, because it stands on a line or a hatch. */
  readonly halo: boolean;
}

/** Something that can have the focus, in the order of reading: rows from the top, then from left to right. */
export interface Item {
  readonly id: string;
  /** The sentence a screen reader says. */
  readonly name: string;
  /** What choosing it selects; null when it scrolls instead. */
  readonly selects: Selection | null;
  /** Moves a lane's window by so many cells. */
  readonly scrolls?: { readonly lane: Address; readonly by: number };
  readonly box: Box;
  readonly row: number;
}

export interface CellFigure {
  readonly item: Item;
  readonly cell: Cell;
  readonly x: number;
  readonly width: number;
  readonly offset: Label | null;
  /** Below the token: its key, or how long it is still kept. */
  readonly caption: Label | null;
  /** 1, or less while it fades towards the retention edge. */
  readonly opacity: number;
  readonly expires: boolean;
  /** Only an outline when its transaction was aborted. */
  readonly edge: Edge;
}

/** Records of one transaction, side by side. */
export interface StrokeFigure {
  readonly producer: string;
  readonly is: 'open' | 'committed' | 'aborted';
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** A control record: the end of a transaction. */
export interface MarkerFigure {
  readonly item: Item;
  readonly offset: number;
  readonly is: 'commit' | 'abort';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly caption: Label | null;
}

/** A transaction that has not ended. */
export interface TransactionFigure {
  readonly item: Item;
  readonly transaction: Transaction;
  readonly sign: Point;
  readonly labels: readonly Label[];
}

export interface LaneFigure {
  readonly item: Item;
  readonly address: Address;
  readonly index: number;
  readonly y: number;
  readonly height: number;
  readonly left: number;
  /** Where the rails end: open. */
  readonly right: number;
  readonly cell: number;
  readonly first: number;
  readonly end: number;
  readonly endX: number;
  readonly label: Label;
  readonly cells: readonly CellFigure[];
  readonly dividers: readonly number[];
  readonly next: Label | null;
  /** Applied but not committed: hatched. */
  readonly hatches: readonly { readonly x: number; readonly width: number }[];
  /** Torn edge at the left: cells before it exist but are off the screen. */
  readonly older: number;
  /** Cells after the window; 0 when it follows the end. */
  readonly newer: number;
  readonly olderLabel: Label | null;
  readonly newerLabel: Label | null;
  readonly retention: {
    readonly x: number;
    readonly label: Label | null;
    readonly deleted: Box | null;
  } | null;
  readonly face: 'label' | 'number' | 'glyph' | 'bar';
  readonly tokenRadius: number;
  readonly tokenY: number;
  readonly strokes: readonly StrokeFigure[];
  readonly markers: readonly MarkerFigure[];
  /** The last stable offset, while an open transaction holds readers of committed records back. */
  readonly stable: {
    readonly x: number;
    readonly from: number;
    readonly to: number;
    readonly label: Label | null;
  } | null;
  /** Copies on several nodes, instead of one strip. */
  readonly copies: BlockFigure | null;
}

/** What a copy is to its partition, as its sign says it. */
export type CopyRole = 'leader' | 'inSync' | 'behind' | 'down';

export interface CopyCell {
  readonly item: Item;
  readonly cell: Cell;
  readonly x: number;
  /** Below 1 where no consumer may read it yet. */
  readonly opacity: number;
  readonly edge: Edge;
}

/** One node's copy of a partition. */
export interface CopyFigure {
  readonly item: Item;
  readonly replica: Replica;
  readonly role: CopyRole;
  readonly sign: Point;
  readonly labels: readonly Label[];
  readonly y: number;
  readonly height: number;
  readonly endX: number;
  readonly right: number;
  readonly cells: readonly CopyCell[];
  readonly dividers: readonly number[];
  /** Records that its leader does not have: hatched. */
  readonly hatches: readonly { readonly x: number; readonly width: number }[];
  /** Road of records from its leader; null where none come. */
  readonly feed: readonly Point[] | null;
  readonly gap: GapFigure | null;
}

/** A partition on several nodes. */
export interface BlockFigure {
  readonly rows: readonly CopyFigure[];
  readonly numbers: readonly Label[];
  readonly labels: readonly Label[];
  /** Where the high watermark stands, across all copies. */
  readonly watermark: { readonly x: number; readonly from: number; readonly to: number } | null;
  /** Cut off to agree with the leader: below the places where they lay. */
  readonly cutOff: readonly { readonly face: Face; readonly x: number; readonly y: number }[];
}

export type FlagForm = 'swallowtail' | 'square' | 'pennant' | 'slant';
export type WireForm = 'line' | 'cased' | 'fine' | 'fine-cased';

export interface FlagFigure {
  readonly item: Item;
  readonly form: FlagForm;
  readonly pole: { readonly x: number; readonly from: number; readonly to: number } | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It hangs to the left of its pole, for want of room. */
  readonly mirrored: boolean;
  /** Its place is off the screen: an arrow instead of a pole. */
  readonly away: 'left' | 'right' | null;
  readonly label: Label;
}

export interface DimensionFigure {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly label: Label;
  /** It ends at the screen's edge, not at the log's end. */
  readonly open: boolean;
}

/** The fate of one record in a share group. */
export interface ShareMark {
  readonly offset: number;
  readonly kind: 'acquired' | 'acknowledged' | 'archived' | 'again';
  readonly x: number;
  readonly y: number;
  /** Who has it, and how often it was given out. */
  readonly label: Label | null;
  readonly width: number;
}

/** What belongs to one group beside one lane. */
export interface SidingFigure {
  readonly id: string;
  readonly group: string;
  readonly lane: Address;
  readonly above: boolean;
  readonly wireY: number;
  readonly flag: FlagFigure | null;
  readonly lag: DimensionFigure | null;
  /** Outline flag: where it reads next, when that is not where the solid flag stands. */
  readonly position: {
    readonly x: number;
    readonly from: number;
    readonly y: number;
    readonly pointsUp: boolean;
  } | null;
  readonly sought: { readonly path: readonly Point[]; readonly label: Label } | null;
  /** Circling arrows over cells that will be delivered again. */
  readonly redelivery: readonly Point[];
  readonly shares: readonly ShareMark[];
  readonly notes: readonly Label[];
}

export interface WireFigure {
  readonly id: string;
  readonly process: Address | null;
  readonly form: WireForm;
  readonly paths: readonly (readonly Point[])[];
  readonly dashed: boolean;
  readonly gap: GapFigure | null;
}

/** A cut: two end-caps and the word. `extra` says the delay of a link that is slow instead. */
export interface GapFigure {
  readonly x: number;
  readonly y: number;
  readonly upright: boolean;
  readonly cut: boolean;
  readonly label: Label | null;
}

export interface StopFigure {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly caption: Label | null;
}

export interface StationFigure {
  readonly item: Item;
  readonly process: Process;
  readonly stops: readonly StopFigure[];
  readonly radius: number;
  /** Where the line comes in: from the right beside a lane, from the left in the row below. */
  readonly entersFrom: 'left' | 'right';
  readonly labels: readonly Label[];
  /** Where it broke. */
  readonly brokeAt: Point | null;
  /** Where it will break. */
  readonly pins: readonly Point[];
  /** Hourglass or pause bars. */
  readonly sign: {
    readonly kind: 'slow' | 'paused' | 'rebalancing';
    readonly x: number;
    readonly y: number;
  } | null;
  readonly current: {
    readonly face: Face;
    readonly x: number;
    readonly y: number;
    readonly item: Item;
    readonly label: Label | null;
  } | null;
  readonly queued: readonly { readonly face: Face; readonly x: number; readonly y: number }[];
  readonly queuedMore: Label | null;
}

export interface ProducerFigure {
  readonly item: Item;
  readonly process: Process;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly labels: readonly Label[];
  readonly paths: readonly (readonly Point[])[];
  readonly arrows: readonly Point[];
  readonly down: boolean;
  readonly gap: GapFigure | null;
}

export interface RowFigure {
  readonly item: Item;
  readonly box: Box;
  readonly face: Face | null;
  readonly glyph: Point | null;
  readonly key: Label;
  readonly detail: Label | null;
}

export interface StoreFigure {
  readonly item: Item;
  readonly store: Store;
  readonly y: number;
  readonly labels: readonly Label[];
  readonly rows: readonly RowFigure[];
  readonly more: Label | null;
  readonly empty: { readonly box: Box; readonly label: Label } | null;
  /** From each writer's apply stop. */
  readonly links: readonly (readonly Point[])[];
  readonly gaps: readonly GapFigure[];
  /** Its process is gone. */
  readonly down: boolean;
}

export interface HeaderFigure {
  readonly labels: readonly Label[];
  readonly legend: readonly {
    readonly domain: Domain;
    readonly x: number;
    readonly y: number;
    readonly label: Label;
  }[];
}

export interface Scene {
  readonly size: Size;
  readonly metrics: Metrics;
  /** Height of the whole drawing; more than the size's when it must be scrolled. */
  readonly height: number;
  readonly headers: readonly HeaderFigure[];
  readonly lanes: readonly LaneFigure[];
  readonly sidings: readonly SidingFigure[];
  readonly wires: readonly WireFigure[];
  readonly stations: readonly StationFigure[];
  readonly producers: readonly ProducerFigure[];
  readonly stores: readonly StoreFigure[];
  readonly transactions: readonly TransactionFigure[];
  readonly footer: readonly Label[];
  /** Roads of the tokens, by "from>to". */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  readonly items: readonly Item[];
  /** Where something stands: labels of what moves keep out of it. */
  readonly taken: readonly Box[];
  /** Part of some lane is off the screen. */
  readonly deep: boolean;
  /** Says what is wrong when there is nothing to draw. */
  readonly empty: Label | null;
}
