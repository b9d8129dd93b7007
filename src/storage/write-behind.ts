import type { Shelf } from './contents';

/** Writes the present value of one key; it reads that value when its turn comes. */
export type Write = (shelf: Shelf) => Promise<void>;

interface Waiting {
  readonly key: string;
  readonly write: Write;
  readonly done: Promise<void>;
  readonly finish: () => void;
}

/**
 * Writes one thing after another to the device. A key that is asked for again before its turn is written once, with its
 * newest value; one asked for while it is being written is written again. What the device refuses, or cannot take
 * because there is none, is remembered by key and tried again.
 */
export class WriteBehind {
  private readonly waiting = new Map<string, Waiting>();
  private readonly refused = new Map<string, Write>();
  private underWay: Waiting | null = null;

  constructor(
    private readonly device: () => Shelf | null,
    private readonly told: { readonly failed: (error: unknown) => void; readonly succeeded: () => void },
  ) {}

  /** Resolves when the device has it, or has refused it. Never rejects: trouble is told once, to `failed`. */
  keep(key: string, write: Write): Promise<void> {
    if (!this.device()) {
      this.refused.set(key, write);
      return Promise.resolve();
    }
    const known = this.waiting.get(key);
    if (known) return known.done;
    const entry = newWaiting(key, write);
    this.waiting.set(key, entry);
    if (!this.underWay) void this.drain();
    return entry.done;
  }

  /** Asks the device again for everything it has refused. */
  retry(): void {
    const again = [...this.refused];
    this.refused.clear();
    for (const [key, write] of again) void this.keep(key, write);
  }

  /** Resolves when nothing waits. */
  async flush(): Promise<void> {
    while (this.underWay || this.waiting.size > 0) {
      const last = [...this.waiting.values()].at(-1) ?? this.underWay;
      await last?.done;
    }
  }

  /** Keys that the device does not hold in their newest value. */
  unsafe(): readonly string[] {
    return [
      ...new Set([
        ...(this.underWay ? [this.underWay.key] : []),
        ...this.waiting.keys(),
        ...this.refused.keys(),
      ]),
    ];
  }

  /** Forgets what was refused: it shall not be written any more. */
  forget(): void {
    this.refused.clear();
  }

  private async drain(): Promise<void> {
    for (let next = this.take(); next; next = this.take()) {
      this.underWay = next;
      await this.write(next);
      this.underWay = null;
      next.finish();
    }
  }

  private take(): Waiting | undefined {
    const [next] = this.waiting.values();
    if (next) this.waiting.delete(next.key);
    return next;
  }

  private async write({ key, write }: Waiting): Promise<void> {
    const device = this.device();
    if (!device) {
      this.refused.set(key, write);
      return;
    }
    try {
      await write(device);
      this.refused.delete(key);
      this.told.succeeded();
      if (this.refused.size > 0) this.retry();
    } catch (error) {
      this.refused.set(key, write);
      // It may have been closed meanwhile, and opened again: then this says nothing about the one that is there now.
      if (this.device() === device) this.told.failed(error);
      else if (this.device()) this.retry();
    }
  }
}

function newWaiting(key: string, write: Write): Waiting {
  let finish = () => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  return { key, write, done, finish };
}
