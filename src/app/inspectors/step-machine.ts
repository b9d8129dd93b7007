/** The steps of a service as a circle of stops: what comes after what, which one it is in, where it breaks. Pure geometry, px. */
import type { Process } from '../../kernel/shape';
import { baseline, label } from '../../stage/layout/placer';
import type { Label, Point } from '../../stage/layout/scene';
import { textWidth } from '../../stage/layout/text-width';

export interface StepStop extends Point {
  readonly name: string;
  readonly lit: boolean;
  readonly label: Label;
}

export interface StepMachine {
  readonly width: number;
  readonly height: number;
  readonly stops: readonly StepStop[];
  /** From stop to stop, and from the last one back to the first; the one that broke is not among them. */
  readonly lines: readonly (readonly Point[])[];
  readonly arrows: readonly (Point & { readonly towards: 'left' | 'right' })[];
  readonly pins: readonly Point[];
  readonly brokeAt: Point | null;
}

const text = 14;
const stopY = 32;
const backY = 62;
const height = 72;
export const stopRadius = 8;

/** Room for the names of two neighbours, and for a sign between them. */
function spacing(steps: readonly string[]): number {
  return Math.max(72, ...steps.map((name) => textWidth(name, text, 600) + 34));
}

export function stepMachine(
  process: Pick<Process, 'steps' | 'step' | 'condition' | 'pins' | 'brokeBefore'>,
): StepMachine {
  const { steps, step, condition, pins, brokeBefore } = process;
  const gone = condition === 'crashed' || condition === 'down';
  const every = spacing(steps);
  const x = (index: number) => every / 2 + index * every;
  const last = steps.length - 1;
  const places = placesBefore(steps, x);
  const isLit = (name: string) => !gone && step?.name === name;
  return {
    width: Math.max(1, steps.length) * every,
    height: last < 1 ? stopY + 14 : height,
    stops: steps.map((name, index) => ({
      name,
      x: x(index),
      y: stopY,
      lit: isLit(name),
      label: label(x(index), baseline(10, text), name, {
        size: text,
        anchor: 'middle',
        weight: isLit(name) ? 600 : 400,
        tone: isLit(name) ? 'ink' : 'ink2',
      }),
    })),
    lines: [
      ...steps.slice(1).map((_, index) => [
        { x: x(index), y: stopY },
        { x: x(index + 1), y: stopY },
      ]),
      ...(last < 1 ? [] : [wayBack(x(0), x(last))]),
    ],
    arrows: [
      ...steps
        .slice(1)
        .map((_, index) => ({ x: x(index + 1) - stopRadius - 1, y: stopY, towards: 'right' as const })),
      ...(last < 1 ? [] : [{ x: (x(0) + x(last)) / 2 - 5, y: backY, towards: 'left' as const }]),
    ],
    pins: gone ? [] : pins.map(places),
    brokeAt: condition === 'crashed' && brokeBefore !== null ? places(brokeBefore) : null,
  };
}

/**
 * The place between a step and the one before it. The first step is entered on the way back, and a step that is no stop
 * ("committed": the commit was confirmed) follows the last one there.
 */
function placesBefore(steps: readonly string[], x: (index: number) => number): (step: string) => Point {
  return (step) => {
    const index = steps.indexOf(step);
    if (index > 0) return { x: (x(index - 1) + x(index)) / 2 - 2, y: stopY };
    if (steps.length < 2) return { x: x(0) - stopRadius - 14, y: stopY };
    return { x: index < 0 ? x(steps.length - 1) - 20 : x(0) + 20, y: backY };
  };
}

/** Down from the last stop, back below all of them, up into the first; corners of 45 degrees. */
function wayBack(first: number, last: number): Point[] {
  const corner = 10;
  return [
    { x: last, y: stopY },
    { x: last, y: backY - corner },
    { x: last - corner, y: backY },
    { x: first + corner, y: backY },
    { x: first, y: backY - corner },
    { x: first, y: stopY },
  ];
}
