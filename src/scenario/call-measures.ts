/** Orders that are answered by calls, over time: what became of each, what hangs, p99. Pure functions of history, kept up as it grows. */
import type { Fact } from '../kernel/fact';
import { toMs, type Duration, type Time } from '../kernel/time';
import type { Trace } from '../kernel/trace';
import type { Series } from './host';
import { countBelow } from './panel-spans';

type Kind = NonNullable<Series['kind']>;

interface Line {
  readonly name: string;
  readonly kind: Kind;
  readonly times: Time[];
  readonly values: number[];
}

/** By whom it was asked, and about which order: when it was placed. */
interface Asked {
  readonly placed: Map<number, Time>;
  /** How long answered orders took, shortest first. */
  readonly sorted: Duration[];
}

export class CallMeasures {
  private done = 0;
  private readonly lines = new Map<string, Line>();
  private readonly asked = new Map<string, Asked>();

  /** Of each order API its orders and their p99 (ms), then what hangs anywhere. */
  upTo(trace: Trace): Series[] {
    for (; this.done < trace.length; this.done++) {
      const kind = trace.kindOf(this.done);
      if (kind === 'requested' || kind === 'responded' || kind === 'failed' || kind === 'delayed')
        this.add(trace.fact(this.done));
    }
    return [...this.lines.values()].map(({ times, values, ...line }) => ({
      ...line,
      times: times.slice(),
      values: values.slice(),
    }));
  }

  private add({ type, subject, message, time, amount }: Fact): void {
    switch (type) {
      case 'OrderPlaced':
        this.askedOf(subject).placed.set(message, time);
        this.lineOf('orders', subject);
        return;
      case 'OrderAnswered':
        this.note('orders', subject, time, 1);
        return this.answered(subject, message, time);
      case 'OrderFailed':
        return this.note('orders', subject, time, 0);
      case 'RequestStalled':
        return this.note('stalls', '', time, amount);
    }
  }

  private answered(subject: string, message: number, time: Time): void {
    const { placed, sorted } = this.askedOf(subject);
    const since = placed.get(message);
    if (since === undefined) return;
    placed.delete(message);
    const took = time - since;
    sorted.splice(countBelow(sorted, took), 0, took);
    // Nearest rank, as goals judge it.
    const p99 = toMs(sorted[Math.max(1, Math.ceil(0.99 * sorted.length)) - 1]);
    if (this.lines.get(`p99 ${subject}`)?.values.at(-1) !== p99) this.note('p99', subject, time, p99);
  }

  private askedOf(subject: string): Asked {
    let asked = this.asked.get(subject);
    if (!asked) this.asked.set(subject, (asked = { placed: new Map(), sorted: [] }));
    return asked;
  }

  private note(kind: Kind, subject: string, time: Time, value: number): void {
    const { times, values } = this.lineOf(kind, subject);
    times.push(time);
    values.push(value);
  }

  private lineOf(kind: Kind, subject: string): Line {
    const name = `${kind} ${subject}`.trim();
    let line = this.lines.get(name);
    if (!line) this.lines.set(name, (line = { name, kind, times: [], values: [] }));
    return line;
  }
}
