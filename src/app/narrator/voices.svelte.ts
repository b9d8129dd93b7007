import { pageTicker, type Ticker } from '../ticker';
import { NarratorQueue, type Entry, type Verbosity } from './queue';

const regionCount = 3;
/** A region is emptied again, so that nobody meets old news while reading the page. */
const keptMs = 8000;

/**
 * The page's voice: polite live regions that take turns, since a second message in one region interrupts the first in
 * some screen readers. Anybody may say something; the queue decides when and whether.
 */
export class Voices {
  regions = $state<string[]>(Array.from({ length: regionCount }, () => ''));
  verbosity: Verbosity = 'normal';
  /** Called when an entry of the kind 'progress' has been spoken. */
  onProgressSpoken = () => {};

  private turn = 0;
  private timer: number | null = null;
  private readonly ticker: Ticker;
  private readonly queue: NarratorQueue;
  private progressText = '';

  constructor(ticker: Ticker = pageTicker) {
    this.ticker = ticker;
    this.queue = new NarratorQueue(
      () => ticker.now(),
      (text) => this.speak(text),
    );
  }

  say(entry: Entry): void {
    if (entry.kind === 'progress') this.progressText = entry.text;
    this.queue.say(entry, this.verbosity);
    this.schedule();
  }

  /** A verdict, a violation, an answer to what was just pressed: always spoken, at once. */
  result(text: string): void {
    this.say({ kind: 'result', importance: 'result', text });
  }

  /** What waits is stale. */
  clear(): void {
    this.queue.clear();
  }

  private schedule(): void {
    const wait = this.queue.flush();
    if (wait === null || this.timer !== null) return;
    this.timer = this.ticker.after(wait, () => {
      this.timer = null;
      this.schedule();
    });
  }

  private speak(text: string): void {
    if (text === this.progressText) this.onProgressSpoken();
    this.turn = (this.turn + 1) % regionCount;
    const { turn } = this;
    this.regions[turn] = text;
    this.ticker.after(keptMs, () => {
      if (this.regions[turn] === text) this.regions[turn] = '';
    });
  }
}

export const voices = new Voices();
