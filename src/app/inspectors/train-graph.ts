/**
 * A message's journey as a train graph (Marey, 1885): rows are stations, x is time. It stands on the transport's own
 * axis, so that reading it and scrubbing are one act. Pure geometry, px.
 */
import type { Fact, FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import { baseline, label, Placer } from '../../stage/layout/placer';
import type { Label, Point } from '../../stage/layout/scene';
import { fitText } from '../../stage/layout/text-width';
import type { Journey, Visit } from './journey';
import type { InspectorWords } from '../words/inspectors.en';

export interface Frame {
  /** px of a time on the shared axis; may lie outside of it. */
  readonly x: (time: Time) => number;
  readonly left: number;
  readonly right: number;
  /** Where names begin, and where the picture ends. */
  readonly pad: number;
  readonly width: number;
  readonly rowHeight: number;
  readonly text: number;
}

export type StopSign = 'open' | 'face' | 'bar' | 'cross' | 'dot';

/** A sign on a row that stands for a fact. */
export interface Stop extends Point {
  readonly sign: StopSign;
  readonly fact: FactId;
  readonly trouble: boolean;
}

export interface GraphLine {
  readonly points: readonly Point[];
  readonly kind: 'way' | 'expected';
  readonly trouble: boolean;
}

export interface TrainGraph {
  readonly height: number;
  readonly rows: readonly { readonly y: number; readonly name: Label; readonly heavy: boolean }[];
  readonly lines: readonly GraphLine[];
  readonly stops: readonly Stop[];
  readonly labels: readonly Label[];
  /** The record in its log: a heavy line from `from` until now, dotted from there; it ends where it was deleted. */
  readonly log: {
    readonly y: number;
    readonly from: number;
    readonly to: number;
    readonly until: number;
  } | null;
}

/** How names and dates of the graph are written. */
export interface Telling {
  readonly words: InspectorWords;
  readonly name: (address: string) => string;
  readonly at: (time: Time) => string;
}

/** Width of a slanted line that leads to another row, at most: how long the way took is not known. */
const slant = 16;

export function trainGraph(journey: Journey, now: Time, frame: Frame, telling: Telling): TrainGraph {
  const { rowHeight, width } = frame;
  const names = rowNames(journey, telling);
  const y = (row: number) => rowHeight * (row + 0.5);
  const height = names.length * rowHeight;
  const draft: Draft = {
    lines: [],
    stops: [],
    labels: [],
    placer: new Placer({ x: frame.left - 4, y: -2, width: width - frame.left + 4, height: height + 4 }),
  };
  drawStart(draft, journey, frame, telling, y);
  // What is drawn later must not be covered by a text that is placed now: signs first, words after.
  const visits = journey.visits.map((visit) => drawVisit(draft, journey, visit, frame, y));
  const expected = journey.expected.map(({ group, at }) =>
    drawExpected(draft, y(1), y(2 + journey.groups.indexOf(group)), Math.max(now, at ?? now), frame),
  );
  for (const point of expected) placeExpected(draft, point, frame, telling);
  journey.visits.map((visit, index) => placeVisit(draft, visit, visits[index], frame, telling));
  placeStay(draft, journey, now, frame, telling, y(1));
  return {
    height,
    rows: names.map((text, row) => ({
      y: y(row),
      name: label(
        frame.pad,
        baseline(y(row), frame.text),
        fitText(text, frame.left - frame.pad - 8, frame.text, row === 1 ? 600 : 400),
        { size: frame.text, weight: row === 1 ? 600 : 400, tone: row === 1 ? 'ink' : 'ink2' },
      ),
      heavy: row === 1,
    })),
    lines: draft.lines,
    stops: draft.stops,
    labels: draft.labels,
    log: logOf(journey, now, frame, y(1)),
  };
}

interface Draft {
  readonly lines: GraphLine[];
  readonly stops: Stop[];
  readonly labels: Label[];
  readonly placer: Placer;
}

function rowNames(journey: Journey, { words, name }: Telling): string[] {
  const { published, lane, groups } = journey;
  return [
    published ? name(published.process) : words.producer,
    lane === null ? words.log : name(lane),
    // SQS does not know who receives: all that do are the queue's
    ...groups.map((group) => (lane?.endsWith(`/${group}`) ? words.receivers : name(group))),
  ];
}

function logOf({ accepted, deleted }: Journey, now: Time, frame: Frame, y: number): TrainGraph['log'] {
  if (!accepted) return null;
  const end = deleted?.time ?? null;
  return {
    y,
    from: inside(frame, accepted.time),
    to: inside(frame, Math.min(now, end ?? now)),
    until: end === null ? frame.right : inside(frame, end),
  };
}

function drawStart(draft: Draft, journey: Journey, frame: Frame, telling: Telling, y: (row: number) => number) {
  const { published, accepted } = journey;
  if (published) {
    addStop(draft, frame, published, y(0), 'open', false);
    const at = frame.x(published.time);
    const text = telling.words.published(telling.at(published.time));
    if (isInside(frame, at)) place(draft, beside(at, y(0), text, frame, false));
  }
  if (published && accepted) {
    const [from, to] = [frame.x(published.time), frame.x(accepted.time)];
    addLine(draft, frame, [{ x: from, y: y(0) }, { x: to, y: y(1) }], 'way', false); // prettier-ignore
  }
  if (accepted) addStop(draft, frame, accepted, y(1), 'face', false);
} // prettier-ignore

/** The way of one delivery; the point after which there is room for words. */
function drawVisit(draft: Draft, journey: Journey, visit: Visit, frame: Frame, y: (row: number) => number): Drawn {
  const { delivered, applied, refused, settled, crashed, group } = visit;
  const row = y(2 + journey.groups.indexOf(group));
  const at = frame.x(delivered.time);
  const from = Math.max(at - slant, frame.x(journey.accepted!.time));
  const end = [applied, refused, settled, crashed].reduce<Fact>(
    (latest, fact) => (fact !== null && fact.id > latest.id ? fact : latest),
    delivered,
  );
  const last = frame.x(end.time);
  const way = [{ x: from, y: y(1) }, { x: at, y: row }, { x: last, y: row }]; // prettier-ignore
  addLine(draft, frame, last > at ? way : way.slice(0, 2), 'way', false);
  addStop(draft, frame, delivered, row, 'dot', false);
  const effect = applied ?? refused;
  if (effect) addStop(draft, frame, effect, row, 'open', applied === null);
  if (settled) addStop(draft, frame, settled, row, 'bar', false);
  if (crashed) addStop(draft, frame, crashed, row, 'cross', true);
  return { from: from, to: last, y: row };
} // prettier-ignore

interface Drawn {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

function drawExpected(draft: Draft, top: number, row: number, at: Time, frame: Frame): Drawn {
  const from = Math.min(frame.x(at), frame.right - 4);
  const to = from + slant + 18;
  const points = [{ x: from, y: top }, { x: from + slant, y: row }, { x: to, y: row }]; // prettier-ignore
  addLine(draft, { ...frame, right: frame.width }, points, 'expected', true);
  return { from, to, y: row };
}

function placeVisit(draft: Draft, visit: Visit, drawn: Drawn, frame: Frame, { words, at }: Telling): void {
  const isOff = drawn.to < frame.left || drawn.from > frame.right;
  if (isOff) return;
  const { whole, short } = sayVisit(visit, words, at);
  const trouble = visit.crashed !== null || visit.refused?.kind === 'failed';
  const right = (text: string) => beside(drawn.to, drawn.y, text, frame, trouble);
  const left = (text: string) => beside(drawn.from, drawn.y, text, frame, trouble, 'end');
  place(draft, right(whole), right(short), left(whole), left(short));
}

/** What became of one delivery, in few words, and in fewer. */
export function sayVisit(
  { nth, applied, refused, settled, crashed, delivered }: Visit,
  words: InspectorWords,
  at: (time: Time) => string,
): { readonly whole: string; readonly short: string } {
  const which = nth > 1 ? words.nth(nth) : '';
  const said = (whole: string, short: string) => ({ whole: `${which}${whole}`, short: `${which}${short}` });
  if (crashed && settled) return said(words.committedCrashed, words.crashed);
  if (crashed) return applied ? said(words.appliedCrashed, words.crashed) : said(words.receivedCrashed, words.crashed); // prettier-ignore
  if (!applied && refused) return said(words.refused(refused.kind), words.refused(refused.kind));
  if (applied && settled) return said(words.appliedCommitted(at(settled.time)), words.committed);
  if (settled) return said(words.committedOnly(at(settled.time)), words.committed);
  if (applied) return said(words.appliedNotCommitted(at(applied.time)), words.applied);
  return said(words.received(at(delivered.time)), words.receivedShort);
}

function placeExpected(draft: Draft, { to, from, y }: Drawn, frame: Frame, { words }: Telling): void {
  const text = (x: number, anchor: 'start' | 'end') =>
    label(x, baseline(y, frame.text), words.readAgain, {
      size: frame.text, weight: 600, tone: 'red', anchor, halo: true,
    }); // prettier-ignore
  place(draft, text(to + 5, 'start'), text(from - 2, 'end'));
}

/** "stays in the log", above its line where that is long enough and nothing branches off. */
function placeStay(draft: Draft, journey: Journey, now: Time, frame: Frame, { words, at }: Telling, y: number): void {
  const { accepted, deleted } = journey;
  if (!accepted) return;
  if (deleted) {
    const end = frame.x(deleted.time);
    if (isInside(frame, end)) place(draft, beside(end, y, words.deleted(at(deleted.time)), frame, true));
    return;
  }
  const from = inside(frame, accepted.time);
  const to = inside(frame, now);
  const text = (x: number, anchor: 'start' | 'end') =>
    label(x, y - 5, words.stays, { size: frame.text, tone: 'ink2', anchor });
  if (to - from > 120) place(draft, text(to - 8, 'end'), text(from + 14, 'start'));
} // prettier-ignore

function beside(x: number, y: number, text: string, frame: Frame, trouble: boolean, anchor: 'start' | 'end' = 'start'): Label {
  return label(anchor === 'start' ? Math.max(x, frame.left) + 10 : Math.min(x, frame.right) - 6, baseline(y, frame.text), text, {
    size: frame.text,
    anchor,
    weight: trouble ? 600 : 400,
    tone: trouble ? 'red' : 'ink',
    halo: true,
  });
} // prettier-ignore

function place(draft: Draft, ...candidates: readonly Label[]): void {
  const placed = draft.placer.place(...candidates);
  if (placed) draft.labels.push(placed);
}

function addStop(draft: Draft, frame: Frame, fact: Fact, y: number, sign: StopSign, trouble: boolean): void {
  const x = frame.x(fact.time);
  if (!isInside(frame, x)) return;
  draft.stops.push({ x, y, sign, fact: fact.id, trouble });
  draft.placer.block({ x: x - 6, y: y - 6, width: 12, height: 12 });
}

function addLine(draft: Draft, frame: Frame, points: readonly Point[], kind: GraphLine['kind'], trouble: boolean): void {
  const [first, last] = [points[0].x, points[points.length - 1].x];
  if (last < frame.left || first > frame.right) return;
  draft.lines.push({ points, kind, trouble });
  const [before, end] = points.slice(-2);
  if (before.y === end.y) {
    draft.placer.block({ x: before.x, y: end.y - 2, width: Math.max(0, end.x - before.x), height: 4 });
  }
} // prettier-ignore

const isInside = (frame: Frame, x: number): boolean => x >= frame.left - 0.5 && x <= frame.right + 0.5;

function inside(frame: Frame, time: Time): number {
  return Math.max(frame.left, Math.min(frame.right, frame.x(time)));
}

/** The stretch of time worth looking at: the journey, what is expected, and a little on both sides. */
export function stretchOf({ facts, expected }: Journey, now: Time): { readonly from: Time; readonly to: Time } | null {
  if (facts.length === 0) return null;
  const last = expected.length > 0 ? Math.max(now, ...expected.map(({ at }) => at ?? now)) : facts[facts.length - 1].time;
  const from = facts[0].time;
  const span = Math.max(last - from, 20_000);
  return { from: from - span * 0.06, to: last + span * 0.4 };
} // prettier-ignore
