import type { FactId } from '../../kernel/fact';
import { ms, type Time } from '../../kernel/time';
import type { MakeFold } from '../fold';
import { matcher } from '../match';
import { sortedBy } from '../same';
import { neverHappened, shown, unknown, type Evidence } from '../verdict';

/** A beginning of the sequence that may yet be finished. */
interface Chain {
  readonly start: Time;
  readonly facts: readonly FactId[];
}

/**
 * Per thing and per length, one chain is enough: without a time limit the first one found, with a limit the one
 * that started last, because whatever finishes another chain in time finishes that one in time too.
 */
export const seqFold: MakeFold<'seq'> = ({ of, same, withinMs, expect }, { setting }) => {
  const steps = of.map((match) => matcher(match, setting));
  const within = withinMs === undefined ? Infinity : ms(withinMs);
  const chainsOf = sortedBy<(Chain | undefined)[]>(same ?? [], () => []);
  let longest = 0;
  let firstStep: FactId | null = null;
  let found: Evidence | null = null;

  return {
    route: (is) => {
      // Longest first: one fact is never two steps of one chain.
      const candidates = steps.map((_, index) => index).filter((index) => steps[index].takes(is));
      candidates.reverse();
      if (candidates.length === 0) return null;
      return (id, time, process, _cause, fact) => {
        if (found !== null) return;
        for (const step of candidates) {
          if (!steps[step].fits(process, fact)) continue;
          const chains = chainsOf(process, fact);
          if (chains === null) return;
          const chain = extended(
            step === 0 ? { start: time, facts: [] } : chains[step - 1],
            id,
            time,
            within,
          );
          if (chain === null || (within === Infinity && chains[step])) continue;
          chains[step] = chain;
          if (step === 0) firstStep ??= id;
          if (step + 1 > longest) longest = step + 1;
          if (step === steps.length - 1) found = { facts: chain.facts, at: time };
        }
      };
    },
    outcome: (atEnd) => {
      if (expect === 'none') {
        return neverHappened(
          found,
          firstStep !== null,
          { facts: firstStep === null ? [] : [firstStep], at: null },
          atEnd,
        );
      }
      const progress = { have: longest, need: steps.length };
      return found ? shown(found, progress) : unknown('wanted', progress);
    },
  };
};

/** The chain with one more fact; null when there is no chain to extend or its time has run out. */
function extended(chain: Chain | undefined, id: FactId, time: Time, within: number): Chain | null {
  if (!chain || time - chain.start > within) return null;
  return { start: chain.start, facts: [...chain.facts, id] };
}
