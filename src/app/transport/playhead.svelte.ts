import { createActor, type SnapshotFrom } from 'xstate';
import type { FactId } from '../../kernel/fact';
import { ms, type Time } from '../../kernel/time';
import { isGone, type View } from '../../scenario/host';
import { pageTicker, type Ticker } from '../ticker';
import type { Details } from './details.svelte';
import { fasterLens, slowerLens } from './lens';
import type { Looking } from './looking.svelte';
import { findNext, findPrevious, wanted, type Place, type StepBy } from './places';
import { Pump } from './pump';
import type { Runs } from './runs.svelte';
import { transportMachine, type TransportEvent } from './transport-machine';

export type PlayerStatus = 'paused' | 'playing' | 'computing' | 'stopped at bound';

export interface PlayheadOptions {
  /** One second on screen is this many milliseconds of simulated time. */
  readonly lensMs: number;
  /** How long the run is worth watching; nothing plays past it. */
  readonly endMs: number;
  readonly ticker?: Ticker;
  /** Asked whenever time would begin to go by. */
  readonly reducedMotion?: () => boolean;
}

const nowhere: View = {
  time: 0,
  factCount: 0,
  eventCount: 0,
  shapes: [],
  tokens: [],
  links: [],
  nextAt: null,
};

/** Where in the current run the person stands, and how they move: playing, stepping, scrubbing, going to a place. */
export class Playhead {
  stepBy = $state.raw<StepBy>('fact');
  /** Reduced motion: pause between two steps. */
  stepIntervalMs = $state(1500);
  /** Plays this stretch again and again. */
  loop = $state.raw<{ readonly from: Time; readonly to: Time } | null>(null);
  /** Nobody goes past this, though the run could: a lesson's question comes first. null: the run's end. */
  limit = $state.raw<Time | null>(null);
  /** One second on screen is this many milliseconds of simulated time. */
  lensMs = $state.raw(1000);
  endMs = $state.raw(0);

  protected readonly runs: Runs;
  protected readonly looking: Looking;
  protected readonly details: Details;
  protected readonly pump: Pump;
  private readonly ticker: Ticker;
  private readonly reducedMotion: () => boolean;
  private readonly actor = createActor(transportMachine);
  private mode = $state.raw<SnapshotFrom<typeof transportMachine>>(this.actor.getSnapshot());
  private shownView = $state.raw(nowhere);
  private shownTime = $state.raw<Time>(0);
  private shownFact = $state.raw<FactId | null>(null);
  /** Where the person wants to be; shown within a frame. */
  private asked: Place = { time: 0, fact: null };
  private shownFailure = $state.raw<Error | null>(null);
  private playUntil: { readonly time: Time; resolve(how: 'reached' | 'stopped'): void } | null = null;
  private autoStep: number | null = null;

  constructor(runs: Runs, looking: Looking, details: Details, options: PlayheadOptions) {
    this.runs = runs;
    this.looking = looking;
    this.details = details;
    this.lensMs = options.lensMs;
    this.endMs = options.endMs;
    this.ticker = options.ticker ?? pageTicker;
    this.reducedMotion = options.reducedMotion ?? (() => false);
    this.actor.subscribe((snapshot) => (this.mode = snapshot));
    this.actor.start();
    this.pump = new Pump(this.ticker, {
      host: () => runs.current.host,
      window: () => looking.window,
      frontier: () => this.frontier,
      playhead: (elapsedMs) => this.playhead(elapsedMs),
      shown: (view, place) => this.show(view, place),
      computed: (time) => runs.reached(time),
      waiting: (waiting) => this.send({ type: waiting ? 'waiting' : 'answered' }),
      failed: (error) => this.fail(error),
    });
  }

  /** What is drawn: the state at `view.time`, which follows `time` within a frame. */
  get view(): View {
    return this.shownView;
  }
  /** Where the person stands. */
  get time(): Time {
    return this.shownTime;
  }
  /** The fact whose event has just been shown, when it was gone to; null when a time was. */
  get fact(): FactId | null {
    return this.shownFact;
  }
  get status(): PlayerStatus {
    if (this.mode.matches('atBound')) return 'stopped at bound';
    if (this.mode.matches('computing')) return 'computing';
    return this.mode.matches('playing') ? 'playing' : 'paused';
  }
  /** Whether time goes by, or will as soon as the run has answered. */
  get playing(): boolean {
    return this.mode.matches('playing') || (this.mode.matches('computing') && this.mode.context.playOn);
  }
  get scrubbing(): boolean {
    return this.mode.matches('scrubbing');
  }
  /** The end of what may be played: the run's, or the lesson's limit. */
  get stopAt(): Time {
    return Math.min(ms(this.endMs), this.limit ?? Infinity);
  }
  /** The current run has been computed up to here. */
  get frontier(): Time {
    return this.runs.current.reach;
  }
  /** The run itself has failed: our bug, to be shown together with its recording. */
  get failure(): Error | null {
    return this.shownFailure;
  }

  play(): void {
    this.send({ type: 'play', room: this.hasRoom });
    this.run();
  }

  pause(): void {
    this.send({ type: 'pause' });
    this.stopPlayingTo();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Plays until `time` and pauses there. 'stopped': the person did something else first. */
  playTo(time: Time): Promise<'reached' | 'stopped'> {
    this.stopPlayingTo();
    // A loop would never let it arrive.
    this.loop = null;
    const until = Math.min(time, this.stopAt);
    if (until <= this.time) return Promise.resolve('reached');
    return new Promise((resolve) => {
      this.playUntil = { time: until, resolve };
      this.play();
    });
  }

  /** Goes to a time. Resolves when it, or a place asked for later, is shown. */
  async seek(time: Time): Promise<void> {
    this.stopPlayingTo();
    await this.goTo({ time: Math.round(Math.max(0, Math.min(time, this.stopAt))), fact: null });
  }

  /** Goes to the state right after the event that made this fact. */
  async seekFact(fact: FactId): Promise<void> {
    this.stopPlayingTo();
    const [row] = await this.runs.current.host
      .facts({ from: fact, to: fact + 1 })
      .catch((error: unknown): [] => (this.unlessGone(error), []));
    if (row && row.time <= this.stopAt) await this.goTo({ time: row.time, fact });
  }

  home(): Promise<void> {
    return this.seek(0);
  }
  /** The end of the run, computing up to it. */
  end(): Promise<void> {
    return this.seek(this.stopAt);
  }

  /** While the handle is held nothing plays; after `scrubEnd` it goes on if it did. */
  scrubStart(): void {
    this.stopPlayingTo();
    this.send({ type: 'scrubStarted' });
  }
  scrubEnd(): void {
    this.send({ type: 'scrubEnded', room: this.hasRoom });
    this.run();
  }

  /** To the next fact, the next hop, or along the followed message's journey; to the end when nothing more comes. */
  step(by: StepBy = this.stepSize): Promise<void> {
    return this.stepping(() => this.placeAfter(by));
  }

  stepBack(by: StepBy = this.stepSize): Promise<void> {
    return this.stepping(() => this.placeBefore(by));
  }

  setLens(lensMs: number): void {
    this.lensMs = lensMs;
  }
  lensFaster(): void {
    this.lensMs = fasterLens(this.lensMs);
  }
  lensSlower(): void {
    this.lensMs = slowerLens(this.lensMs);
  }

  protected get here(): Place {
    return this.asked;
  }
  protected get hasRoom(): boolean {
    return this.time < this.stopAt;
  }

  protected async goTo(place: Place): Promise<void> {
    this.asked = place;
    this.shownTime = place.time;
    this.shownFailure = null;
    this.send({ type: 'moved' });
    await this.pump.go(place);
  }

  protected send(event: TransportEvent): void {
    this.actor.send(event);
  }

  /** Lets time go by if the person wants it to. */
  protected run(): void {
    if (!this.playing) return;
    if (this.reducedMotion()) this.stepOn();
    else this.pump.run();
  }

  protected stop(): void {
    this.pause();
    this.pump.stop();
    this.details.stop();
    this.actor.stop();
  }

  private get endOfPlaying(): Time {
    return Math.min(this.stopAt, this.playUntil?.time ?? Infinity);
  }
  /** A followed message turns every step into a step of its journey. */
  private get stepSize(): StepBy {
    return this.looking.follow === null ? this.stepBy : 'journey';
  }

  private playhead(elapsedMs: number): Time | null {
    if (!this.playing || this.autoStep !== null) return null;
    // milliseconds of screen × milliseconds per second of screen = microseconds
    const next = Math.round(this.time + elapsedMs * this.lensMs);
    if (this.loop && next >= this.loop.to) return this.loop.from;
    return Math.min(next, this.endOfPlaying);
  }

  private show(view: View, place: Place): void {
    this.shownView = view;
    this.shownTime = place.time;
    this.shownFact = place.fact;
    this.asked = place;
    this.details.update(this.runs.current.host, view, this.frontier);
    if (!this.playing || place.time < this.endOfPlaying) return;
    const reached = this.playUntil;
    this.playUntil = null;
    this.send({ type: 'endReached' });
    reached?.resolve('reached');
  }

  /** Reduced motion: time goes by in steps, one visible fact each. */
  private stepOn(): void {
    if (this.autoStep !== null) return;
    const goOn = async (): Promise<void> => {
      const place = await this.placeAfter('fact');
      const end = this.endOfPlaying;
      if (this.playing) await this.pump.go(place.time >= end ? { time: end, fact: null } : place);
    };
    const soon = (): Promise<void> =>
      goOn()
        .catch((error: unknown) => this.unlessGone(error))
        .finally(() => {
          this.autoStep = null;
          if (this.playing) this.autoStep = this.ticker.after(this.stepIntervalMs, () => void soon());
        });
    this.autoStep = -1;
    void soon();
  }

  private stopPlayingTo(): void {
    const stopped = this.playUntil;
    this.playUntil = null;
    stopped?.resolve('stopped');
    if (this.playing || this.autoStep === null || this.autoStep < 0) return;
    this.ticker.cancel(this.autoStep);
    this.autoStep = null;
  }

  private async stepping(find: () => Promise<Place | null>): Promise<void> {
    this.stopPlayingTo();
    this.send({ type: 'stepStarted' });
    try {
      await this.pump.idle();
      const place = await find();
      if (place) await this.goTo(place);
    } catch (error) {
      this.unlessGone(error);
    } finally {
      this.send({ type: 'stepEnded' });
    }
  }

  private async placeAfter(by: StepBy): Promise<Place> {
    const { host } = this.runs.current;
    const fits = wanted(by, this.looking.message);
    const next = await findNext(host, this.view.factCount - 1, this.stopAt, fits);
    return next ?? { time: this.stopAt, fact: null };
  }

  /** The last fact that fits and lies before this instant; facts of the event on screen are this instant. */
  private async placeBefore(by: StepBy): Promise<Place> {
    const { host } = this.runs.current;
    const fits = wanted(by, this.looking.message);
    const { factCount } = this.view;
    for (let before = this.fact ?? factCount; ;) {
      const place = await findPrevious(host, before, fits);
      if (!place) return { time: 0, fact: null };
      if (place.time < this.time) return place;
      const there = await host.viewAtFact(place.fact, { cells: 0, lanes: {}, rows: 0 });
      if (there.factCount < factCount) return place;
      before = place.fact;
    }
  }

  /** A run that has left the stage meanwhile fails nobody. */
  private unlessGone(error: unknown): void {
    if (!isGone(error)) this.fail(error as Error);
  }

  private fail(error: Error): void {
    if (error.name === 'RunBound') this.send({ type: 'boundReached' });
    else this.send({ type: 'pause' });
    this.shownFailure = error;
    this.stopPlayingTo();
  }
}
