import type { Time } from '../../kernel/time';
import { isGone, type RunHost, type View, type Window } from '../../scenario/host';
import type { Ticker } from '../ticker';
import type { Place } from './places';

/** What the pump asks of the player, and tells it. */
export interface PumpEnds {
  host(): RunHost;
  window(): Window;
  /** How far the current run has been computed. */
  frontier(): Time;
  /** Where the playhead goes after this much time on screen; null while nothing plays. */
  playhead(elapsedMs: number): Time | null;
  shown(view: View, place: Place): void;
  /** The run has been computed up to `time`, on the way to somewhere later. */
  computed(time: Time): void;
  waiting(waiting: boolean): void;
  failed(error: Error): void;
}

interface Wish {
  readonly place: Place;
  readonly resolve: (() => void)[];
}

/** A tab that was hidden for an hour does not jump: no frame counts for more than this. */
const elapsedMsMax = 100;
/** The run may let us wait this long before the screen says so. */
const patienceMs = 100;
/** About 8 ms of work. Counted in events, since the time an answer takes says more about a busy machine than about the run. */
const sliceEventsWanted = 2500;

/**
 * Fetches views: at most one a frame, one at a time, and only of the latest place asked for. Far jumps into what has
 * not been computed are cut into slices, so that the page stays alive and a jump can be given up.
 */
export class Pump {
  private readonly ticker: Ticker;
  private readonly ends: PumpEnds;
  private wish: Wish | null = null;
  private frame: number | null = null;
  private loading: Promise<void> | null = null;
  private turns: Promise<unknown> = Promise.resolve();
  private held = 0;
  private lastAt: number | null = null;
  /** Simulated time that is computed in one go. */
  private slice: Time = 10_000_000;
  /** Events of each run up to where it has been computed. */
  private readonly events = new WeakMap<RunHost, number>();
  private stopped = false;
  private isWaiting = false;

  constructor(ticker: Ticker, ends: PumpEnds) {
    this.ticker = ticker;
    this.ends = ends;
  }

  /** Resolves when this place, or one asked for later, is shown. */
  go(place: Place): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.wish = { place, resolve: [...(this.wish?.resolve ?? []), resolve] };
      this.wake();
    });
  }

  /** Fetches the place on screen again (its window changed), unless something else is asked for already. */
  refresh(place: Place): void {
    if (!this.wish) void this.go(place);
  }

  /** Time begins to go by, from now. */
  run(): void {
    this.lastAt = this.ticker.now();
    this.wake();
  }

  /** Runs `work` when no view is being fetched and no other such work goes on; views wait for it. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(async () => {
      this.held++;
      try {
        await this.loading;
        return await work();
      } finally {
        this.held--;
        this.wake();
      }
    });
    this.turns = turn.catch(() => {});
    return turn;
  }

  /** Resolves when everything asked for is shown. */
  async idle(): Promise<void> {
    await this.turns;
    while (this.wish || this.loading) {
      const { wish } = this;
      await (this.loading ?? new Promise<void>((resolve) => wish?.resolve.push(resolve)));
    }
  }

  stop(): void {
    this.stopped = true;
    if (this.frame !== null) this.ticker.cancelFrame(this.frame);
    this.frame = null;
    for (const resolve of this.wish?.resolve ?? []) resolve();
    this.wish = null;
  }

  private wake(): void {
    if (this.frame !== null || this.stopped) return;
    this.frame = this.ticker.frame(() => this.onFrame());
  }

  private onFrame(): void {
    this.frame = null;
    if (this.loading || this.held > 0) return;
    const now = this.ticker.now();
    const elapsed = Math.min(now - (this.lastAt ?? now), elapsedMsMax);
    this.lastAt = now;
    if (!this.wish) {
      const time = this.ends.playhead(elapsed);
      if (time !== null) this.wish = { place: { time, fact: null }, resolve: [] };
    }
    if (!this.wish) return;
    this.loading = this.load(this.wish).finally(() => {
      this.loading = null;
      this.settleWaiting();
      if (this.wish || this.ends.playhead(0) !== null) this.wake();
    });
    this.wish = null;
  }

  private async load(wish: Wish): Promise<void> {
    const host = this.ends.host();
    const { time, fact } = wish.place;
    const patience = this.ticker.after(patienceMs, () => this.say(true));
    const frontier = this.ends.frontier();
    const until = fact === null ? Math.min(time, frontier + this.slice) : time;
    try {
      const window = this.ends.window();
      const view = fact === null ? await host.viewAt(until, window) : await host.viewAtFact(fact, window);
      if (host !== this.ends.host() || this.stopped) return this.takeUp(wish);
      if (until >= frontier) this.fitSlice(host, view.eventCount, until - frontier);
      this.ends.computed(until);
      if (until < time) {
        this.say(true);
        return this.takeUp(wish);
      }
      this.ends.shown(view, wish.place);
    } catch (error) {
      if (host !== this.ends.host() && isGone(error)) return this.takeUp(wish);
      this.ends.failed(error as Error);
    } finally {
      this.ticker.cancel(patience);
    }
    for (const resolve of wish.resolve) resolve();
  }

  /** Asks for it once more, unless something newer is wanted; that answers those who wait, too. */
  private takeUp(wish: Wish): void {
    if (this.stopped) for (const resolve of wish.resolve) resolve();
    else if (this.wish) this.wish.resolve.push(...wish.resolve);
    else this.wish = wish;
  }

  /** A whole slice tells how long the next one may be; less than one, played frame by frame, tells nothing. */
  private fitSlice(host: RunHost, events: number, advance: Time): void {
    const done = events - (this.events.get(host) ?? events);
    this.events.set(host, events);
    if (done > 2 * sliceEventsWanted) this.slice = Math.max(1000, Math.round(this.slice / 2));
    else if (done < sliceEventsWanted / 2 && advance >= this.slice && this.slice < 1e15) this.slice *= 2;
  }

  private say(waiting: boolean): void {
    if (this.isWaiting === waiting) return;
    this.isWaiting = waiting;
    this.ends.waiting(waiting);
  }

  private settleWaiting(): void {
    if (!this.wish) this.say(false);
  }
}
