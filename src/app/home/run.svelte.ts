/** The front page's run: a real one, in this page. Broken by a fork, mended by the same inputs on another design. */
import { seconds, type Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';
import { createLocalHost } from '../../scenario/local-host';
import { settings } from '../settings.svelte';
import { pageTicker, type Ticker } from '../ticker';
import { crashBeforeCommit, healthy, onRememberingDesign } from './scenario';
import { momentAt, repeatAt, storyKinds, tellStory, type Moment, type Story } from './story';

/** `ready`: nothing is broken. `breaking` and `fixing` play; `broken` and `fixed` show what came of it. */
export type Phase = 'ready' | 'breaking' | 'broken' | 'fixing' | 'fixed';

export const runEnd: Time = seconds(healthy.scenario.endMs / 1000);
/** Where the figure stands until somebody touches it: one payment is on its way to be charged. */
const opening = seconds(9.2);
/** A crash later than this would be repeated after the end of the run. */
const breakableUntil = seconds(11);
/** Seconds of the run per second of screen. */
export const playingRate = 2.5;
/** How long the result is shown before playing ends. */
const afterwards = seconds(0.9);
/** A frame that comes late (hidden page, busy machine) moves the run no further than this much of screen time. */
const frameMsMax = 100;

const window = { cells: 1, lanes: {}, rows: 1 };

export class HomeRun {
  phase = $state<Phase>('ready');
  now = $state<Time>(opening);
  /** null until the engine has been loaded and has run. */
  story = $state.raw<Story | null>(null);
  readonly moment: Moment | null = $derived(this.story && momentAt(this.story, this.now));
  private host: RunHost | null = null;
  private brokeAt: Time = opening;
  private frame = 0;

  constructor(
    private readonly ticker: Ticker = pageTicker,
    private readonly create = createLocalHost,
  ) {}

  async open(): Promise<void> {
    await this.show(await this.create(healthy));
  }

  /** The next time the consumer has charged and is about to commit, it breaks. */
  async breakIt(): Promise<void> {
    if (!this.host || this.phase !== 'ready') return;
    this.brokeAt = this.now <= breakableUntil ? this.now : opening;
    this.phase = 'breaking';
    const broken = await this.host.fork(this.brokeAt);
    await broken.act(crashBeforeCommit, this.brokeAt);
    await this.show(broken);
    this.play('broken');
  }

  /** The same payments and the same crash, on the design that remembers. */
  async fixIt(): Promise<void> {
    if (!this.host || this.phase !== 'broken') return;
    this.phase = 'fixing';
    await this.show(await this.create(onRememberingDesign(await this.host.recording())));
    this.play('fixed');
  }

  async again(): Promise<void> {
    this.stop();
    this.phase = 'ready';
    this.now = opening;
    await this.open();
  }

  /** Goes to a time by hand; playing ends, and what is known by then is shown as known. */
  seek(time: Time): void {
    this.stop();
    this.now = Math.max(0, Math.min(runEnd, time));
  }

  /** Stops playing where it is. */
  stop(): void {
    this.ticker.cancelFrame(this.frame);
    this.frame = 0;
    if (this.phase === 'breaking') this.phase = 'broken';
    if (this.phase === 'fixing') this.phase = 'fixed';
  }

  get playing(): boolean {
    return this.phase === 'breaking' || this.phase === 'fixing';
  }

  private async show(host: RunHost): Promise<void> {
    // The whole run is computed once; it is a few hundred events.
    await host.viewAt(runEnd, window);
    const [facts, bodies] = await Promise.all([host.facts({ kinds: storyKinds }), host.bodies()]);
    this.host?.dispose();
    this.host = host;
    this.story = tellStory(facts, bodies);
  }

  private play(then: Phase): void {
    const target = Math.min(runEnd, repeatAt(this.story!) + afterwards);
    this.now = this.brokeAt;
    const finish = () => {
      this.now = target;
      this.phase = then;
    };
    if (settings.reducedMotion) return finish();
    let last = this.ticker.now();
    const step = () => {
      const at = this.ticker.now();
      const elapsedMs = Math.min(frameMsMax, at - last);
      last = at;
      this.now = Math.min(target, this.now + seconds((elapsedMs / 1000) * playingRate));
      if (this.now >= target) finish();
      else this.frame = this.ticker.frame(step);
    };
    this.frame = this.ticker.frame(step);
  }
}
