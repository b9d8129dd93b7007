/** Where runs of one workload part: an order that begins earlier here than there, a second time that others do not have. */
import type { MessageId } from '../../kernel/bodies';
import { ms, type Time } from '../../kernel/time';
import type { Course } from './course';
import type { Variant } from './workload';

/** The same order, for the nth time, in each run. */
export interface Difference {
  /** When the first run does what another does not (yet). */
  readonly at: Time;
  readonly message: MessageId;
  readonly nth: number;
  /** When it begins, and with whom; null: it never does. */
  readonly begins: ReadonlyMap<Variant, { readonly at: Time; readonly worker: string } | null>;
}

/** Brokers and clients take a little longer or shorter for the same: that is none. */
export const tolerance = ms(400);

/** By time; the first one is where the runs part. */
export function differencesOf(
  runs: readonly { readonly variant: Variant; readonly course: Course }[],
): readonly Difference[] {
  const courses = new Map(runs.map(({ variant, course }) => [variant, course]));
  const found = new Map<string, Difference>();
  for (const course of courses.values())
    for (const { message, nth } of course.handlings) {
      const id = `${message}/${nth}`;
      if (found.has(id)) continue;
      const difference = differenceIn(courses, message, nth);
      if (difference) found.set(id, difference);
    }
  return [...found.values()].sort((a, b) => a.at - b.at || a.message - b.message);
}

function differenceIn(
  courses: ReadonlyMap<Variant, Course>,
  message: MessageId,
  nth: number,
): Difference | null {
  const begins = new Map(
    [...courses].map(([variant, { handlings }]) => {
      const one = handlings.find((handling) => handling.message === message && handling.nth === nth);
      return [variant, one ? { at: one.from, worker: one.worker } : null] as const;
    }),
  );
  const times = [...begins.values()].flatMap((one) => (one ? [one.at] : []));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const differ = times.length < begins.size || last - first > tolerance;
  return differ ? { at: first, message, nth, begins } : null;
}

/** What an order waits behind, where it begins later than elsewhere: one of the same product that is in hand; null: nothing. */
export function waitsBehind({ orders, handlings }: Course, { at, message }: Difference): MessageId | null {
  const key = orders.find((order) => order.message === message)?.key;
  const before = handlings.find(
    (one) =>
      one.message !== message &&
      one.from <= at &&
      (one.to === null || one.to > at) &&
      orders.find((order) => order.message === one.message)?.key === key,
  );
  return before?.message ?? null;
}

/** The first one after this time; null: there is none. */
export function nextDifference(list: readonly Difference[], after: Time): Difference | null {
  return list.find(({ at }) => at > after) ?? null;
}
