import type { Fact, FactId, FactKind } from '../kernel/fact';
import { seconds, toMs, type Time } from '../kernel/time';
import type { BacklogLine, BacklogPanel, BacklogReading, Instant, PanelFold } from './panel';
import { countBelow } from './panel-spans';
import type { Scenario } from './scenario';

/** Points of a line that a picture can tell apart. */
const pointsMax = 240;
/** Pace is measured over this long. */
const paceOver = seconds(10);

interface Outage {
  readonly process: string;
  readonly group: string;
  readonly from: Time;
  readonly fromFact: FactId;
  to: Time | null;
  toFact: FactId;
}

/** What waits for a group: accepted records that are not yet below its committed offset. */
export class BacklogFold implements PanelFold {
  readonly kinds: ReadonlySet<FactKind> = new Set([
    'accepted',
    'settled',
    'delivered',
    'crashed',
    'restarted',
  ]);
  private readonly panel: BacklogPanel;
  private readonly ends = new Map<string, number>();
  private readonly queues: ReadonlyMap<string, Queue>;
  private readonly groupOf: ReadonlyMap<string, string>;
  private readonly outages: Outage[] = [];

  constructor(panel: BacklogPanel, scenario: Scenario) {
    this.panel = panel;
    this.queues = new Map(panel.groups.map((group) => [group, new Queue()]));
    this.groupOf = new Map(
      scenario.services.flatMap(({ name, parts }) => {
        const group = parts.map(({ options }) => options?.['groupId']).find((id) => typeof id === 'string');
        return group !== undefined && panel.groups.includes(group) ? [[name, group] as const] : [];
      }),
    );
  }

  see(fact: Fact): void {
    if (fact.kind === 'accepted') {
      this.ends.set(fact.subject, fact.position + 1);
      for (const queue of this.queues.values()) queue.grew(fact, this.ends);
    } else if (fact.kind === 'crashed' || fact.kind === 'restarted') this.turned(fact);
    else if (this.ends.has(fact.subject)) this.queues.get(fact.group)?.moved(fact, this.ends);
  }

  read(at: Instant): BacklogReading {
    return {
      kind: 'backlog',
      id: this.panel.id,
      now: at.time,
      lines: [...this.queues].map(([group, queue]) => queue.line(group, at)),
      outages: this.outages
        .filter(({ fromFact }) => fromFact < at.factCount)
        .map(({ process, group, from, to, toFact }) => ({
          ...{ process, group, from },
          to: toFact < at.factCount ? to : null,
        })),
    };
  }

  private turned({ kind, subject, time, id }: Fact): void {
    const group = this.groupOf.get(subject);
    if (group === undefined) return;
    const open = this.outages.findLast(({ process, to }) => process === subject && to === null);
    if (kind === 'restarted' && open) Object.assign(open, { to: time, toFact: id });
    if (kind === 'crashed' && !open)
      this.outages.push({ process: subject, group, from: time, fromFact: id, to: null, toFact: Infinity });
  }
}

/** One group's queue over time, as columns. */
class Queue {
  private readonly committed = new Map<string, number>();
  private readonly facts: FactId[] = [];
  private readonly times: Time[] = [];
  private readonly values: number[] = [];
  /** How many it has let go of in all, by then. */
  private readonly left: number[] = [];

  grew({ subject, id, time }: Fact, ends: ReadonlyMap<string, number>): void {
    if (this.committed.has(subject)) this.note(id, time, 0, ends);
  }

  moved({ kind, subject, position, id, time }: Fact, ends: ReadonlyMap<string, number>): void {
    const before = this.committed.get(subject);
    if (kind !== 'settled' && before !== undefined) return;
    this.committed.set(subject, position);
    this.note(id, time, before === undefined ? 0 : Math.max(0, position - before), ends);
  }

  line(group: string, { time: now, factCount }: Instant): BacklogLine {
    const count = countBelow(this.facts, factCount);
    const waiting = count === 0 ? 0 : this.values[count - 1];
    const start = Math.max(0, countBelow(this.times, now - paceOver) - 1);
    const over = Math.min(now, paceOver) / seconds(1);
    const isPaced = count > 0 && over > 0;
    const gone = isPaced ? this.left[count - 1] - this.left[Math.min(start, count - 1)] : 0;
    const grown = isPaced ? waiting - this.values[Math.min(start, count - 1)] : 0;
    const leaving = isPaced ? gone / over : 0;
    const arriving = isPaced ? Math.max(0, gone + grown) / over : 0;
    const shrinks = waiting > 0 && leaving > arriving;
    return {
      group,
      ...this.thinned(count, now),
      waiting,
      arriving,
      leaving,
      drainedInMs: shrinks ? toMs(seconds(waiting / (leaving - arriving))) : null,
    };
  }

  private note(fact: FactId, time: Time, gone: number, ends: ReadonlyMap<string, number>): void {
    let value = 0;
    for (const [lane, committed] of this.committed) value += Math.max(0, ends.get(lane)! - committed);
    this.facts.push(fact);
    this.times.push(time);
    this.values.push(value);
    this.left.push((this.left.at(-1) ?? 0) + gone);
  }

  /** The most of each of at most `pointsMax` stretches of the time so far. */
  private thinned(count: number, now: Time): { times: Time[]; values: number[]; most: number } {
    const times: Time[] = [];
    const values: number[] = [];
    const stretch = Math.max(1, now / pointsMax);
    let most = 0;
    for (let at = 0, last = -1; at < count; at++) {
      const value = this.values[at];
      const part = Math.floor(this.times[at] / stretch);
      most = Math.max(most, value);
      if (part === last) values[values.length - 1] = Math.max(values[values.length - 1], value);
      else {
        times.push(this.times[at]);
        values.push(value);
      }
      last = part;
    }
    return { times, values, most };
  }
}
