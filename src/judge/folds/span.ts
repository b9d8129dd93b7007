import type { MessageId } from '../../kernel/bodies';
import type { FactId } from '../../kernel/fact';
import { ms, type Duration, type Time } from '../../kernel/time';
import { together, type MakeFold, type See } from '../fold';
import { matcher } from '../match';
import { shown, unknown, violated } from '../verdict';

interface Start {
  readonly id: FactId;
  readonly time: Time;
}

interface Sample {
  readonly from: FactId;
  readonly to: FactId;
  readonly at: Time;
  readonly length: Duration;
}

/** Measures each `from` → first later `to` of one message; the deciding facts are those at the percentile. */
export const spanFold: MakeFold<'span'> = ({ from, to, percentile, isMs }, { setting }) => {
  const begins = matcher(from, setting);
  const ends = matcher(to, setting);
  const min = isMs.min === undefined ? -Infinity : ms(isMs.min);
  const max = isMs.max === undefined ? Infinity : ms(isMs.max);
  const open = new Map<MessageId, Start[]>();
  const samples: Sample[] = [];

  const end: See = (id, time, process, _cause, fact) => {
    const message = fact.message ?? -1;
    const starts = open.get(message);
    if (!starts || !ends.fits(process, fact)) return;
    for (const start of starts) samples.push({ from: start.id, to: id, at: time, length: time - start.time });
    open.delete(message);
  };
  const begin: See = (id, time, process, _cause, fact) => {
    const message = fact.message ?? -1;
    if (message < 0 || !begins.fits(process, fact)) return;
    const starts = open.get(message);
    if (starts) starts.push({ id, time });
    else open.set(message, [{ id, time }]);
  };

  return {
    // In this order: a fact that is both ends the earlier span and begins the next.
    route: (is) => together([ends.takes(is) ? end : null, begins.takes(is) ? begin : null]),
    outcome: (atEnd) => {
      if (samples.length === 0) return unknown('empty');
      const sample = atPercentile(samples, percentile);
      const facts = [sample.from, sample.to];
      if (sample.length >= min && sample.length <= max) return shown({ facts, at: sample.at });
      return atEnd ? violated({ facts, at: null }) : unknown('different');
    },
  };
};

/** Nearest rank: the smallest sample that at least `percentile` per cent of the samples do not exceed. */
function atPercentile(samples: readonly Sample[], percentile: number): Sample {
  const sorted = [...samples].sort((a, b) => a.length - b.length || a.from - b.from);
  const rank = Math.ceil((percentile * sorted.length) / 100);
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
}
