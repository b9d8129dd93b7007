import type { Body } from '../../kernel/bodies';
import type { Fact, FactKind } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import { isGone, type Mark, type RunHost, type Series, type View } from '../../scenario/host';
import type { Ticker } from '../ticker';

/** Facts kept at hand for the story; older ones are fetched when somebody scrolls there. */
export const recentFactsMax = 200;
const betweenMs = 100;

/**
 * What is read beside the picture: marks, measured lines, recent facts, bodies. Fetched after a view was shown, ten
 * times a second at most.
 */
export class Details {
  marks = $state.raw<readonly Mark[]>([]);
  /** The facts behind `marks`, oldest first. */
  markFacts = $state.raw<readonly Fact[]>([]);
  series = $state.raw<readonly Series[]>([]);
  facts = $state.raw<readonly Fact[]>([]);
  bodies = $state.raw<readonly Body[]>([]);
  /** How often they were fetched. */
  count = $state.raw(0);

  private readonly ticker: Ticker;
  private readonly onFetched: () => void;
  private wanted: { host: RunHost; view: View; frontier: Time } | null = null;
  private fetching: Promise<void> | null = null;
  private timer: number | null = null;
  private fetchedAt = -Infinity;
  private of: RunHost | null = null;
  private marksUpTo: Time = -1;

  constructor(ticker: Ticker, onFetched: () => void) {
    this.ticker = ticker;
    this.onFetched = onFetched;
  }

  /** Another view is shown. */
  update(host: RunHost, view: View, frontier: Time): void {
    this.wanted = { host, view, frontier };
    if (this.fetching || this.timer !== null) return;
    const wait = this.fetchedAt + betweenMs - this.ticker.now();
    if (wait <= 0) this.fetch();
    else {
      this.timer = this.ticker.after(wait, () => {
        this.timer = null;
        this.fetch();
      });
    }
  }

  /** An action has added to the history of the present instant. */
  invalidate(): void {
    this.marksUpTo = -1;
  }

  async idle(): Promise<void> {
    if (this.timer !== null) {
      this.ticker.cancel(this.timer);
      this.timer = null;
      this.fetch();
    }
    while (this.fetching) await this.fetching;
  }

  stop(): void {
    if (this.timer !== null) this.ticker.cancel(this.timer);
    this.timer = null;
    this.wanted = null;
  }

  private fetch(): void {
    const wanted = this.wanted;
    if (!wanted || this.fetching) return;
    this.wanted = null;
    this.fetchedAt = this.ticker.now();
    this.fetching = this.load(wanted)
      .catch(unlessGone)
      .finally(() => {
        this.fetching = null;
        if (this.wanted) this.update(this.wanted.host, this.wanted.view, this.wanted.frontier);
      });
  }

  private async load({ host, view, frontier }: { host: RunHost; view: View; frontier: Time }): Promise<void> {
    const isOther = host !== this.of;
    const marksChanged = isOther || frontier !== this.marksUpTo;
    const [facts, bodies, marks, series] = await Promise.all([
      host.facts({ from: Math.max(0, view.factCount - recentFactsMax), to: view.factCount }),
      host.bodies(),
      marksChanged ? host.marks() : this.marks,
      marksChanged ? host.series() : this.series,
    ]);
    const markFacts = await this.factsOf(host, marks, isOther ? [] : this.markFacts);
    this.of = host;
    this.marksUpTo = frontier;
    this.facts = facts;
    if (isOther || bodies.length !== this.bodies.length) this.bodies = bodies;
    if (isOther || marks.length !== this.marks.length) this.marks = marks;
    this.series = series;
    this.markFacts = markFacts;
    this.count++;
    this.onFetched();
  }

  private async factsOf(
    host: RunHost,
    marks: readonly Mark[],
    known: readonly Fact[],
  ): Promise<readonly Fact[]> {
    const from = (known.at(-1)?.id ?? -1) + 1;
    if (!marks.some(({ fact }) => fact >= from)) return known;
    return [...known, ...(await host.facts({ from, kinds: markedKinds }))];
  }
}

/** Another run has taken the stage meanwhile, and its details are fetched next. */
function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error;
}

/** Kinds of the facts that scenario/measures.ts marks. */
const markedKinds: readonly FactKind[] = [
  'crashed', 'cut', 'delayed', 'restarted', 'healed', 'changed', 'sought', 'redelivered', 'rebalanced', 'lost', 'expired',
]; // prettier-ignore
