import type { FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import type { Bench, Fold, MakeFold } from '../fold';
import type { Bound, Match } from '../goal';
import { matcher } from '../match';
import { remember, shown, unknown, upTo, violated, type Evidence, type Progress } from '../verdict';

/** Shown by the `min`-th fact that matches; with a `max`, violated by the one too many and shown at the end. */
export const countFold: MakeFold<'count'> = ({ of, is }, bench) => {
  const counter = counterOf(of, is, bench);
  return {
    route: counter.route,
    outcome: (atEnd) => {
      const { enough, tooMany, progress, facts } = counter.tally();
      if (tooMany) return violated(tooMany, progress);
      if (!enough) return unknown('wanted', progress);
      if (is.max === undefined) return shown(enough, progress);
      return atEnd ? shown({ facts, at: null }, progress) : unknown('waiting', progress);
    },
  };
};

interface Tally {
  /** The facts up to the `min`-th. */
  readonly enough: Evidence | null;
  /** The facts up to the first beyond `max`. */
  readonly tooMany: Evidence | null;
  /** The first few facts, and the last. */
  readonly facts: readonly FactId[];
  readonly progress: Progress;
}

interface Counter {
  readonly route: Fold['route'];
  tally(): Tally;
}

/** Counts facts against a bound, and remembers which of them crossed it. Shared by `count` and `cover`. */
export function counterOf(of: Match, is: Bound, { setting }: Bench): Counter {
  const wanted = matcher(of, setting);
  const min = is.min ?? 0;
  const max = is.max ?? Infinity;
  const first: FactId[] = [];
  let last: FactId = -1;
  let count = 0;
  let enough: Evidence | null = min <= 0 ? { facts: [], at: null } : null;
  let tooMany: Evidence | null = null;

  function add(id: FactId, time: Time): void {
    count++;
    last = id;
    remember(first, id);
    if (count === min) enough = { facts: upTo(id, first), at: time };
    if (count === max + 1) tooMany = { facts: upTo(id, first), at: time };
  }

  return {
    route: (type) =>
      wanted.takes(type)
        ? (id, time, process, _cause, fact) => {
            if (wanted.fits(process, fact)) add(id, time);
          }
        : null,
    tally: () => ({
      enough,
      tooMany,
      facts: upTo(last, first),
      progress: min > 0 ? { have: count, need: min } : null,
    }),
  };
}
