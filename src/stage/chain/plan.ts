/** What the parts of a chain's picture share, and how large everything is. */
import type { Address, Process } from '../../kernel/shape';
import { toMs, type Time } from '../../kernel/time';
import type { BacklogLine, View } from '../../scenario/host';
import { Placer } from '../layout/placer';
import { metricsOf, type Size } from '../layout/size';
import type { ChainWords } from './words.en';
import { designsOf, type Design } from './designs';

/** How a chain is drawn, from the roomiest to the lowest: two rows, two near rows, one row; on a phone rows of four. */
export type Form = 'roomy' | 'near' | 'slim' | 'phone';

export interface ChainOptions {
  /** A line about an object, by its address: "4 a second". */
  readonly captions?: Readonly<Record<Address, string>>;
  /** How what waits for a group is going, by its name. */
  readonly backlogs?: ReadonlyMap<string, BacklogLine>;
  readonly words?: ChainWords;
}

export interface ChainPlan {
  readonly view: View;
  readonly size: Size;
  readonly words: ChainWords;
  readonly options: ChainOptions;
  readonly placer: Placer;
  readonly pad: number;
  readonly radius: number;
  readonly token: number;
  readonly blocks: readonly Block[];
  readonly height: number;
  readonly heightWanted: number;
}

/** Room for one design. */
export interface Block {
  readonly design: Design;
  readonly form: Form;
  readonly top: number;
  /** Where the fan of its consumers begins; after the chain, where it has one. */
  readonly fanTop: number;
  readonly title: string | null;
  /** Rows of focus begin here. */
  readonly row: number;
}

/** Height of a chain of calls, by form. A phone's grows with its rows. */
const chainHeight: Readonly<Record<Exclude<Form, 'phone'>, number>> = { roomy: 196, near: 150, slim: 118 };
const phoneHead = 98;
/** A heading above the design. */
export const titleHeight = 18;
export const phonePitch = 62;
export const phonePerRow = 4;
/** Below the names under a chain, where the steps of its API have theirs. */
const fanGap = 20;
/** From the line of an API to the foot of its consumers. */
const fanHeight = { roomy: 154, low: 134 } as const;
/** From the top of a block to the line of an API that has no chain. */
export const fanHead = { roomy: 42, low: 32 } as const;
export const consumerPitch = 44;
/** Below this a row of all stops is too dense to name them. */
const slimColumnMin = 40;

export function chainPlanOf(view: View, size: Size, words: ChainWords, options: ChainOptions): ChainPlan {
  const designs = designsOf(view);
  const metrics = metricsOf(size.mode);
  const form = formFor(size, designs);
  let top = 0;
  const blocks = designs.map((design, index): Block => {
    const from = top;
    const chained = design.stations.length > 0;
    const fanTop = from + (chained ? chainRoom(design, form, designs.length > 1) : 0);
    top =
      fanTop +
      (hasFan(design) || !chained ? fanRoom(design, form, chained, designs.length > 1) : 0) +
      (index + 1 < designs.length ? 6 : 0);
    const title = designs.length < 2 ? null : (words.sides[index] ?? words.side(index + 1));
    return { design, form, top: from, fanTop, title, row: index * 1000 };
  });
  const height = Math.max(size.height, top);
  return {
    view,
    size,
    words,
    options,
    placer: new Placer({ x: 0, y: 0, width: size.width, height }),
    pad: metrics.pad,
    radius: size.mode === 'phone' ? 6 : 7,
    token: size.mode === 'wide' ? 9 : size.mode === 'tight' ? 8 : 7,
    blocks,
    height,
    heightWanted: top,
  };
}

/** The roomiest form in which everything is seen at once; else the lowest. */
function formFor(size: Size, designs: readonly Design[]): Form {
  if (size.mode === 'phone') return 'phone';
  const stops = Math.max(0, ...designs.map(({ stations }) => stations.length));
  const isSlimPossible = (size.width - 300) / Math.max(1, stops) >= slimColumnMin;
  const forms: Form[] = isSlimPossible ? ['roomy', 'near', 'slim'] : ['roomy', 'near'];
  return forms.find((form) => heightIn(designs, form) <= size.height) ?? forms[forms.length - 1];
}

function heightIn(designs: readonly Design[], form: Form): number {
  return designs.reduce((sum, design, index) => {
    const chained = design.stations.length > 0;
    const chain = chained ? chainRoom(design, form, designs.length > 1) : 0;
    const fan = hasFan(design) || !chained ? fanRoom(design, form, chained, designs.length > 1) : 0;
    return sum + chain + fan + (index > 0 ? 6 : 0);
  }, 0);
}

export function hasFan({ lanes, consumers }: Design): boolean {
  return lanes.length > 0 || consumers.length > 0;
}

function chainRoom(design: Design, form: Form, titled: boolean): number {
  const { stations, mode } = design;
  if (form !== 'phone') return chainHeight[form] + (hasFan(design) ? fanGap : 0);
  const title = titled ? titleHeight : 0;
  const filled = Math.ceil(stations.length / phonePerRow);
  const rows = mode === 'parallel' ? filled : filled + (filled % 2);
  return title + phoneHead + (rows - 1) * phonePitch + (mode === 'parallel' ? 40 : 24);
}

function fanRoom({ consumers }: Design, form: Form, chained: boolean, titled: boolean): number {
  const level = form === 'roomy' ? 'roomy' : 'low';
  const head = (chained ? 20 : fanHead[level]) + (form === 'phone' && titled ? titleHeight : 0);
  if (form === 'phone') return head + 92 + Math.ceil(consumers.length / 2) * consumerPitch + 6;
  return head + (consumers.length === 0 ? 64 : fanHeight[level]);
}

/** Milliseconds from a time until now. */
export function sinceMs({ view }: ChainPlan, time: Time): number {
  return toMs(view.time - time);
}

export function isGone({ condition }: Process): boolean {
  return condition === 'down' || condition === 'crashed';
}
