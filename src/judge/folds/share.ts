import type { MessageId } from '../../kernel/bodies';
import { noCause, type FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import { together, type MakeFold, type See } from '../fold';
import { matcher } from '../match';
import { inOrder, remember, shown, unknown, upTo, violated, type Evidence } from '../verdict';

/** Counts messages by what became of them. Evidence is those that speak for the verdict: of many, the first few and the last. */
export const shareFold: MakeFold<'share'> = (expression, { setting }) => {
  const { is, least = 1 } = expression;
  const among = matcher(expression.among, setting);
  const wanted = matcher(expression.of, setting);
  const other = expression.else ? matcher(expression.else, setting) : null;
  const { min = -Infinity, max = Infinity } = is;
  /** Messages nothing has decided about yet, with the fact that brought them in. */
  const open = new Map<MessageId, FactId>();
  const known = new Set<MessageId>();
  const hits = newTally();
  const misses = newTally();

  const enter: See = (id, _time, process, _cause, fact) => {
    const message = fact.message ?? -1;
    if (message < 0 || known.has(message) || !among.fits(process, fact)) return;
    known.add(message);
    open.set(message, id);
  };
  const decide =
    (by: typeof wanted, tally: Tally): See =>
    (id, time, process, _cause, fact) => {
      const message = fact.message ?? -1;
      if (open.has(message) && by.fits(process, fact) && open.delete(message)) tally.add(id, time);
    };
  const hit = decide(wanted, hits);
  const miss = other && decide(other, misses);

  /** Those that are not among the wanted, with what nothing has decided about where that counts, too. */
  function against(): Evidence {
    if (other || open.size === 0) return misses.evidence();
    const facts = [...open.values()];
    return { facts: inOrder([...facts.slice(0, 7), facts[facts.length - 1]]), at: null };
  }

  return {
    // In this order: one fact may bring a message in and decide about it.
    route: (type) =>
      together([
        among.takes(type) ? enter : null,
        wanted.takes(type) ? hit : null,
        other?.takes(type) ? miss : null,
      ]),
    outcome: (atEnd) => {
      const total = hits.count + misses.count + (other ? 0 : open.size);
      if (total === 0) return unknown('empty');
      if (total < least) return unknown('wanted', { have: total, need: least });
      const progress = { have: hits.count, need: total };
      const share = hits.count / total;
      if (share >= min && share <= max) {
        return shown(hits.count > 0 ? hits.evidence() : { ...against(), at: null }, progress);
      }
      if (!atEnd) return unknown('different', progress);
      return violated({ facts: (share > max ? hits.evidence() : against()).facts, at: null }, progress);
    },
  };
};

interface Tally {
  count: number;
  add(id: FactId, time: Time): void;
  evidence(): Evidence;
}

function newTally(): Tally {
  const first: FactId[] = [];
  let last: FactId = noCause;
  let at: Time | null = null;
  return {
    count: 0,
    add(id, time) {
      this.count++;
      remember(first, id);
      last = id;
      at = time;
    },
    evidence: () => ({ facts: upTo(last, first), at }),
  };
}
