/** From facts to what is said of them: every step in full, playing as a sum. */
import type { Fact, FactKind } from '../../kernel/fact';
import { isInternal } from '../../scenario/host';
import { sentence, type Look } from '../../stage/story/sentence';
import { words } from '../i18n';
import { narrator, type NarratorWords } from '../words/narrator.en';
import type { Entry } from './queue';

/** Out of the ordinary: said in a sentence of its own, even while time goes by. */
const events: ReadonlySet<FactKind> = new Set<FactKind>([
  'crashed', 'restarted', 'cut', 'healed', 'changed', 'rebalanced', 'sought', 'lost', 'failed', 'refused', 'timedOut',
  'deadLettered', 'elected', 'truncated', 'alerted',
]); // prettier-ignore

type Counted = keyof NarratorWords['counts'];
const sentencesMax = 3;

/** What one step has brought: the fact stepped to, and those of the same event. */
export function stepEntry(
  facts: readonly Fact[],
  look: Look,
  w: NarratorWords = words({ en: narrator }),
): Entry | null {
  if (facts.length === 0) return null;
  const said = facts.slice(0, sentencesMax).map((fact) => `${sentence(fact, look)}.`);
  if (facts.length > sentencesMax) said.push(`${w.more(facts.length - sentencesMax)}.`);
  return { kind: 'step', importance: 'step', text: said.join(' ') };
}

/** Sums up what went by since something was last said. */
export class Progress {
  private counts = new Map<Counted, number>();
  private readonly w: NarratorWords;

  constructor(w: NarratorWords = words({ en: narrator })) {
    this.w = w;
  }

  /** Entries for facts that have just gone by. The sum takes the place of the sum before, which it includes. */
  add(facts: readonly Fact[], look: Look): Entry[] {
    const entries: Entry[] = [];
    for (const fact of facts.filter((one) => !isInternal(one))) {
      if (fact.kind in this.w.counts) {
        const kind = fact.kind as Counted;
        this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
      }
      if (events.has(fact.kind)) {
        entries.push({
          kind: `${fact.kind} ${fact.subject}`,
          importance: 'event',
          text: `${sentence(fact, look)}.`,
        });
      }
    }
    const text = this.text();
    if (text !== '') entries.push({ kind: 'progress', importance: 'progress', text });
    return entries;
  }

  /** Begins to count anew: the sum has been spoken, or time has jumped. */
  reset(): void {
    this.counts.clear();
  }

  private text(): string {
    const kinds = Object.keys(this.w.counts) as Counted[];
    const parts = kinds.flatMap((kind) => {
      const count = this.counts.get(kind) ?? 0;
      return count === 0 ? [] : [this.w.counts[kind](count)];
    });
    return parts.length === 0 ? '' : this.w.sum(parts);
  }
}
