/**
 * What is spoken when, and what is no longer worth saying. While time goes by at most one sentence is spoken in two
 * seconds, and a newer entry of a kind takes the place of the one that waits: queued descriptions are stale by the time
 * they are read.
 */
export type Verbosity = 'off' | 'results' | 'normal' | 'detailed';

/**
 * result: a verdict, a violation; always spoken, at once. step: what the person has just stepped to, or asked for, at
 * once. event: something out of the ordinary. progress: the everyday.
 */
export type Importance = 'result' | 'step' | 'event' | 'progress';

export interface Entry {
  /** Entries of one kind replace each other. */
  readonly kind: string;
  readonly importance: Importance;
  readonly text: string;
}

export const betweenMs = 2000;

const spokenAt: Readonly<Record<Verbosity, readonly Importance[]>> = {
  off: [],
  results: ['result'],
  normal: ['result', 'step', 'event'],
  detailed: ['result', 'step', 'event', 'progress'],
};
const urgency: readonly Importance[] = ['result', 'step', 'event', 'progress'];

export class NarratorQueue {
  private waiting: Entry[] = [];
  private spokenLast = -Infinity;
  private readonly now: () => number;
  private readonly speak: (text: string) => void;

  /** `now` in milliseconds on screen. */
  constructor(now: () => number, speak: (text: string) => void) {
    this.now = now;
    this.speak = speak;
  }

  say(entry: Entry, verbosity: Verbosity): void {
    if (!spokenAt[verbosity].includes(entry.importance) || entry.text === '') return;
    this.waiting = [...this.waiting.filter(({ kind }) => kind !== entry.kind), entry];
    if (entry.importance === 'step') {
      // The person has moved on: what happened before does not matter any more.
      this.waiting = this.waiting.filter((other) => other === entry || other.importance === 'result');
    }
    this.flush();
  }

  /** To be called now and then: speaks what is due. The time until something will be, in ms; null when nothing waits. */
  flush(): number | null {
    for (const entry of this.waiting.filter(isUrgent)) this.tell(entry);
    const wait = this.spokenLast + betweenMs - this.now();
    if (wait <= 0) {
      const next = urgency.flatMap((level) =>
        this.waiting.filter(({ importance }) => importance === level),
      )[0];
      if (next) this.tell(next);
    }
    return this.waiting.length === 0 ? null : Math.max(0, this.spokenLast + betweenMs - this.now());
  }

  /** Somewhere else in time, or silence is wanted: what waits is stale. */
  clear(): void {
    this.waiting = [];
  }

  private tell(entry: Entry): void {
    this.waiting = this.waiting.filter((other) => other !== entry);
    this.spokenLast = this.now();
    this.speak(entry.text);
  }
}

function isUrgent({ importance }: Entry): boolean {
  return importance === 'result' || importance === 'step';
}
