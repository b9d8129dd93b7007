/**
 * Naive SQS: lists that are walked from end to end, as the developer guide tells it. What the broker may choose, the model
 * only judges: whether an answer is one of those that are allowed.
 */

export interface Modelled {
  readonly text: string;
  readonly id: string;
  readonly group: string;
  readonly handles: string[];
  visibleAt: number;
  receives: number;
}

export interface ModelSettings {
  readonly isFifo: boolean;
  readonly visibilityMs: number;
  readonly delayMs: number;
  /** null: there is no dead-letter queue. */
  readonly maxReceives: number | null;
}

const dedupMs = 300_000;

export class ModelQueue {
  readonly settings: ModelSettings;
  messages: Modelled[] = [];
  dead: Modelled[] = [];
  private originals: { dedup: string; id: string; until: number }[] = [];

  constructor(settings: ModelSettings) {
    this.settings = settings;
  }

  /** The id that a send must be answered with; null: a new one. */
  duplicateOf(dedup: string, now: number): string | null {
    return this.originals.find((one) => one.dedup === dedup && one.until > now)?.id ?? null;
  }

  sent(text: string, id: string, group: string, dedup: string, delayMs: number, now: number): void {
    this.messages.push({ ...{ text, id, group, handles: [], receives: 0 }, visibleAt: now + delayMs });
    this.originals = this.originals.filter((one) => one.dedup !== dedup);
    this.originals.push({ dedup, id, until: now + dedupMs });
  }

  /** Those that could be received now. */
  available(now: number): Modelled[] {
    const { isFifo } = this.settings;
    return this.messages.filter((message, at) => {
      if (message.visibleAt > now) return false;
      return (
        !isFifo ||
        !this.messages.some((other, i) => i < at && other.group === message.group && other.visibleAt > now)
      );
    });
  }

  /** Takes note of an answer, and says what is wrong with it. */
  received(
    given: readonly { text: string; handle: string }[],
    max: number,
    visibilityMs: number,
    now: number,
  ): string | null {
    const before = this.available(now);
    const spent = before.filter(({ receives }) => this.isSpent(receives));
    const allowed = before.filter((message) => !spent.includes(message));
    const found: Modelled[] = [];
    for (const { text, handle } of given) {
      const message = allowed.find((one) => one.text === text && !found.includes(one));
      if (!message) return `"${text}" could not be received`;
      if (message.handles.includes(handle)) return `"${text}" has an old handle`;
      found.push(message);
      message.handles.push(handle);
      message.receives++;
      message.visibleAt = now + visibilityMs;
    }
    if (found.length < Math.min(max, allowed.length))
      return `${found.length} of ${allowed.length} were given`;
    return this.settings.isFifo ? this.wrongOrder(found, allowed) : null;
  }

  /** Of each group it must be the beginning of what could be received, in order. */
  private wrongOrder(found: readonly Modelled[], allowed: readonly Modelled[]): string | null {
    for (const group of new Set(found.map((message) => message.group))) {
      const own = found.filter((message) => message.group === group);
      const first = allowed.filter((message) => message.group === group).slice(0, own.length);
      if (own.some((message, at) => message !== first[at])) return `group ${group} is out of order`;
    }
    return null;
  }

  isSpent(receives: number): boolean {
    return this.settings.maxReceives !== null && receives >= this.settings.maxReceives;
  }

  /** Whatever may have been moved to the dead-letter queue is there now, by what the queue itself shows. */
  movedOut(isThere: (id: string) => boolean): void {
    const gone = this.messages.filter(({ id, receives }) => this.isSpent(receives) && !isThere(id));
    this.messages = this.messages.filter((message) => !gone.includes(message));
    this.dead.push(...gone);
  }

  /** What a delete by a handle must be answered with. */
  deleted(handle: string, now: number): 'deleted' | 'ignored' | 'refused' {
    const message = this.messages.find(({ handles }) => handles.includes(handle));
    if (!message) return 'ignored';
    const isLatest = message.handles.at(-1) === handle;
    if (this.settings.isFifo && (!isLatest || message.visibleAt <= now)) return 'refused';
    if (!isLatest) return 'ignored';
    this.messages = this.messages.filter((other) => other !== message);
    return 'deleted';
  }

  changed(handle: string, visibilityMs: number, now: number): 'changed' | 'refused' {
    const message = this.messages.find(({ handles }) => handles.includes(handle));
    if (!message) return 'refused';
    const isLatest = message.handles.at(-1) === handle;
    if (this.settings.isFifo && (!isLatest || message.visibleAt <= now)) return 'refused';
    message.visibleAt = now + visibilityMs;
    return 'changed';
  }
}
