/**
 * What a person has earned in a lesson (curriculum.md 1.2): no points, four marks, each with the time it was first
 * earned. Having watched the solution is a fact of its own and never counts as Fixed.
 */
export const markNames = ['shown', 'fixed', 'transferred', 'remembered'] as const;
export type MarkName = (typeof markNames)[number];

/** Set when the solution was watched; not drawn on the ring. */
export const solutionSeen = 'solutionSeen';

/** Mark name → wall clock in milliseconds. Names that this version does not know are kept and ignored. */
export type Marks = Readonly<Record<string, number>>;

/** A mark is remembered, and a question is due, this long after the lesson was passed. */
export const rememberAfterMs = 24 * 60 * 60 * 1000;

export function has(marks: Marks, name: MarkName): boolean {
  return Object.hasOwn(marks, name);
}

/** The four arcs of a station's ring, clockwise from the top right. */
export function ring(marks: Marks): readonly boolean[] {
  return markNames.map((name) => has(marks, name));
}

/** Goal A and goal B: the lesson is done, whatever follows. */
export function isPassed(marks: Marks): boolean {
  return has(marks, 'shown') && has(marks, 'fixed');
}

/** Lessons that owe a warm-up question: passed at least a day ago and not remembered since. */
export function due(
  progress: readonly { readonly slug: string; readonly marks: Marks }[],
  now: number,
): readonly string[] {
  return progress.filter(({ marks }) => isDue(marks, now)).map(({ slug }) => slug);
}

function isDue(marks: Marks, now: number): boolean {
  if (!isPassed(marks) || has(marks, 'remembered')) return false;
  return now - Math.max(marks.shown, marks.fixed) >= rememberAfterMs;
}

/** Where to go on, and why. */
export interface Next {
  readonly slug: string;
  readonly why: 'continue' | 'start' | 'again';
}

/**
 * The lesson a person would want next: the one touched last if it is not passed; else the first open one that is not
 * passed, in the given order; else the first. `order` holds only lessons that can be played and is not empty.
 */
export function nextLesson(
  order: readonly string[],
  progress: readonly {
    readonly slug: string;
    readonly marks: Marks;
    readonly attempt: unknown;
    readonly changedAt: number;
  }[],
): Next {
  const known = new Map(progress.map((one) => [one.slug, one]));
  const begun = progress
    .filter((one) => one.attempt !== null && !isPassed(one.marks) && order.includes(one.slug))
    .sort((a, b) => b.changedAt - a.changedAt);
  if (begun[0]) return { slug: begun[0].slug, why: 'continue' };
  const open = order.find((slug) => !isPassed(known.get(slug)?.marks ?? {}));
  if (open) return { slug: open, why: 'start' };
  return { slug: order[0], why: 'again' };
}
