/** Lag, content of queues and marks: pure functions of history, kept up incrementally as it grows. */
import type { Fact } from '../kernel/fact';
import type { Time } from '../kernel/time';
import type { Trace } from '../kernel/trace';
import { isInternal, type Mark, type Series } from './host';

/** What a broker has done with a message that leaves its queue by it. */
const leaves: readonly Fact['kind'][] = ['settled', 'deadLettered', 'expired', 'evicted', 'lost'];
const arrives: readonly string[] = ['MessageEnqueued', 'MessageAccepted'];

/** A partition of a log: "kafka/orders/0". A queue has no number. */
const isLane = (subject: string): boolean => /\/\d+$/.test(subject);

/** How much lies in each queue over time, waiting or in somebody's hands. */
class Contents {
  private readonly contents = new Map<string, { count: number; times: Time[]; values: number[] }>();

  add({ kind, type, subject, time }: Fact): void {
    const comes = kind === 'accepted' && arrives.includes(type);
    let content = this.contents.get(subject);
    if (!content) {
      if (!comes) return;
      this.contents.set(subject, (content = { count: 0, times: [], values: [] }));
    }
    if (comes) content.count++;
    else if (leaves.includes(kind)) content.count = Math.max(0, content.count - 1);
    else return;
    const last = content.times.length - 1;
    if (content.times[last] === time) content.values[last] = content.count;
    else {
      content.times.push(time);
      content.values.push(content.count);
    }
  }

  get series(): Series[] {
    return [...this.contents].map(([subject, { times, values }]) => ({
      name: subject.split('/').at(-1) ?? subject,
      kind: 'queued' as const,
      times: times.slice(),
      values: values.slice(),
    }));
  }
}

/** Lag of every group over time: accepted records not yet below the group's committed offset, over all partitions it ever committed in. */
export class Measures {
  private done = 0;
  private readonly ends = new Map<string, number>();
  private readonly lags = new Map<string, GroupLag>();
  private readonly contents = new Contents();

  upTo(trace: Trace): Series[] {
    for (; this.done < trace.length; this.done++) {
      const kind = trace.kindOf(this.done);
      if (kind !== 'accepted' && kind !== 'delivered' && !leaves.includes(kind)) continue;
      const fact = trace.fact(this.done);
      if (isLane(fact.subject)) this.add(fact);
      else this.contents.add(fact);
    }
    const lags = [...this.lags].map(([group, { times, values }]) => ({
      name: group,
      times: times.slice(),
      values: values.slice(),
    }));
    return [...lags, ...this.contents.series];
  }

  private add(fact: Fact): void {
    if (fact.kind !== 'accepted' && fact.kind !== 'settled' && fact.kind !== 'delivered') return;
    if (fact.kind === 'accepted') {
      this.ends.set(fact.subject, fact.position + 1);
      for (const lag of this.lags.values()) if (lag.committed.has(fact.subject)) this.note(lag, fact.time);
      return;
    }
    if (fact.group === '' || !this.ends.has(fact.subject)) return;
    let lag = this.lags.get(fact.group);
    if (!lag) this.lags.set(fact.group, (lag = { committed: new Map(), times: [], values: [] }));
    if (fact.kind === 'settled') lag.committed.set(fact.subject, fact.position);
    else if (!lag.committed.has(fact.subject)) lag.committed.set(fact.subject, fact.position);
    else return;
    this.note(lag, fact.time);
  }

  private note(lag: GroupLag, time: Time): void {
    let value = 0;
    for (const [lane, committed] of lag.committed) value += Math.max(0, this.ends.get(lane)! - committed);
    const last = lag.times.length - 1;
    if (lag.values[last] === value) return;
    if (lag.times[last] === time) lag.values[last] = value;
    else {
      lag.times.push(time);
      lag.values.push(value);
    }
  }
}

interface GroupLag {
  readonly committed: Map<string, number>;
  readonly times: Time[];
  readonly values: number[];
}

const signs: Partial<Record<Fact['kind'], Mark['sign']>> = {
  crashed: 'fault',
  cut: 'fault',
  delayed: 'fault',
  restarted: 'healed',
  healed: 'healed',
  changed: 'change',
  sought: 'seek',
  redelivered: 'redelivery',
  rebalanced: 'rebalance',
  elected: 'change',
  lost: 'loss',
  expired: 'loss',
};

/** Of calls that hang by themselves there are many: they have a measure of their own. */
function isOrdinary({ type }: Fact): boolean {
  return type === 'RequestStalled';
}

function isWide({ type }: Fact): boolean {
  return type === 'CallsStall' || type === 'CallsStallNoMore';
}

/** Signs for the time axis. Redeliveries in a row on one lane count as one. */
export class Marks {
  private done = 0;
  private readonly marks: Mark[] = [];
  private readonly lastRedelivered = new Map<string, number>();

  upTo(trace: Trace): readonly Mark[] {
    for (; this.done < trace.length; this.done++) {
      const sign = signs[trace.kindOf(this.done)];
      if (sign) this.add(trace.fact(this.done), sign);
    }
    return this.marks.slice();
  }

  private add(fact: Fact, sign: Mark['sign']): void {
    if (isOrdinary(fact) || isInternal(fact)) return;
    if (sign === 'redelivery') {
      const key = `${fact.group} ${fact.subject}`;
      const last = this.lastRedelivered.get(key);
      this.lastRedelivered.set(key, fact.position);
      if (last !== undefined && fact.position === last + 1) return;
    }
    // What hits all services at once is one thing that somebody did.
    const last = this.marks.at(-1);
    if (isWide(fact) && last?.time === fact.time && last.sign === sign && last.label === fact.type) return;
    this.marks.push({
      time: fact.time,
      fact: fact.id,
      sign,
      subject: fact.subject,
      label: fact.detail || fact.type,
    });
  }
}
