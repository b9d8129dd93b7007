import type { Fact, FactId, FactKind } from '../../src/kernel/fact';
import type { Body } from '../../src/kernel/bodies';
import type { Time } from '../../src/kernel/time';
import {
  ForkNeeded,
  type FactFilter,
  type Inspection,
  type Mark,
  type RunHost,
  type View,
  type Window,
} from '../../src/scenario/host';
import type { Action, Input, Recording } from '../../src/scenario/scenario';
import type { Ticker } from '../../src/app/ticker';

export function fact(id: FactId, time: Time, more: Partial<Fact> = {}): Fact {
  const blank = {
    process: 'shop',
    kind: 'published' as FactKind,
    type: 'Published',
    subject: 'kafka/shop-events/0',
  };
  return {
    id,
    time,
    ...blank,
    message: -1,
    position: -1,
    amount: 0,
    group: '',
    detail: '',
    cause: -1,
    ...more,
  };
}

/** A run whose history is known beforehand: each fact happens in an event of its own unless `event` says otherwise. */
export class FakeHost implements RunHost {
  asked: { time: Time; window: Window }[] = [];
  disposed = false;
  private reach: Time = 0;
  private done: Input[];

  constructor(
    readonly history: readonly Fact[],
    readonly options: { bodies?: readonly Body[]; marks?: readonly Mark[]; inputs?: readonly Input[] } = {},
  ) {
    this.done = [...(options.inputs ?? [])];
  }

  frontier() {
    return Promise.resolve(this.reach);
  }
  viewAt(time: Time, window: Window): Promise<View> {
    this.asked.push({ time, window });
    this.reach = Math.max(this.reach, time);
    return Promise.resolve(this.view(time, this.history.filter((row) => row.time <= time).length));
  }
  viewAtFact(id: FactId): Promise<View> {
    return Promise.resolve(this.view(this.history[id].time, id + 1));
  }
  inspect(): Promise<Inspection> {
    return Promise.resolve({ of: 'nothing', address: 'nothing' });
  }
  act(action: Action, time: Time): Promise<void> {
    if (time < this.reach) return Promise.reject(new ForkNeeded('fork first'));
    this.reach = time;
    this.done.push({ time, order: this.done.length, action });
    return Promise.resolve();
  }
  fork(time: Time): Promise<RunHost> {
    const inputs = this.done.filter((input) => input.time <= time);
    const fork = new FakeHost(this.history, { ...this.options, inputs });
    fork.reach = time;
    return Promise.resolve(fork);
  }
  facts({ from = 0, to = Infinity, message, kinds, limit = Infinity }: FactFilter): Promise<readonly Fact[]> {
    const found = this.history.filter(
      (row) =>
        row.time <= this.reach &&
        row.id >= from &&
        row.id < to &&
        (message === undefined || row.message === message) &&
        (kinds === undefined || kinds.includes(row.kind)),
    );
    return Promise.resolve(found.slice(0, limit));
  }
  nextFact(after: FactId, until: Time) {
    const next = this.history[after + 1];
    if (!next || next.time > until) return Promise.resolve(null);
    this.reach = Math.max(this.reach, next.time);
    return Promise.resolve({ fact: next.id, time: next.time });
  }
  previousFact(before: FactId) {
    const previous = this.history[before - 1];
    return Promise.resolve(previous ? { fact: previous.id, time: previous.time } : null);
  }
  marks() {
    return Promise.resolve((this.options.marks ?? []).filter(({ time }) => time <= this.reach));
  }
  series() {
    return Promise.resolve([]);
  }
  measure() {
    return Promise.resolve([]);
  }
  bodies() {
    return Promise.resolve(this.options.bodies ?? []);
  }
  recording(): Promise<Recording> {
    const scenario = {
      version: 1 as const,
      name: 'fake',
      latencyMs: 1,
      links: [],
      brokers: [],
      services: [],
      schedule: [],
      endMs: 10_000,
    };
    return Promise.resolve({ engine: '0', scenario, seed: 1, inputs: this.done });
  }
  inputs() {
    return Promise.resolve([...this.done]);
  }
  hash() {
    return Promise.resolve('');
  }
  dispose() {
    this.disposed = true;
  }

  private view(time: Time, factCount: number): View {
    return { time, factCount, eventCount: factCount, shapes: [], tokens: [], links: [], nextAt: null };
  }
}

/** The screen's time in a test's hands. */
export class FakeTicker implements Ticker {
  private at = 0;
  private last = 0;
  private readonly frames = new Map<number, () => void>();
  private readonly timers = new Map<number, { at: number; callback: () => void }>();

  now() {
    return this.at;
  }
  frame(callback: () => void) {
    this.frames.set(++this.last, callback);
    return this.last;
  }
  cancelFrame(frame: number) {
    this.frames.delete(frame);
  }
  after(delayMs: number, callback: () => void) {
    this.timers.set(++this.last, { at: this.at + delayMs, callback });
    return this.last;
  }
  cancel(timer: number) {
    this.timers.delete(timer);
  }

  /** Lets time pass on screen; the page is painted every `frameMs`, and promises settle in between. */
  async pass(milliseconds: number, frameMs = 20): Promise<void> {
    const end = this.at + milliseconds;
    while (this.at < end) {
      this.at = Math.min(end, this.at + frameMs);
      for (const [id, timer] of [...this.timers]) {
        if (timer.at > this.at) continue;
        this.timers.delete(id);
        timer.callback();
      }
      await settled();
      const due = [...this.frames.values()];
      this.frames.clear();
      due.forEach((callback) => callback());
      await settled();
    }
  }
}

/** Lets every promise that can settle do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
