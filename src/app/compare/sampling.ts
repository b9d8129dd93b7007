/** What lies at a broker over a whole run: its shapes at every instant at which something has happened. */
import type { MessageId } from '../../kernel/bodies';
import type { Pile, Stack } from '../../kernel/queue-shapes';
import type { Lane, Shape } from '../../kernel/shape';
import { ms, type Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';

/** What is at the broker from `at` until the next sample. */
export interface Sample {
  readonly at: Time;
  readonly lanes: readonly Lane[];
  readonly stack: Stack | null;
  readonly pile: Pile | null;
}

/** A stretch of time of one message: it is there, or it is hidden. Exclusive of `to`; null: to the end. */
export interface Stretch {
  readonly message: MessageId;
  readonly from: Time;
  readonly to: Time | null;
}

/** More cells than a workload has orders. */
const cells = 64;
/** Instants closer than this look like one. */
const apart = ms(30);

export async function samplesOf(host: RunHost, end: Time): Promise<readonly Sample[]> {
  const facts = await host.facts({});
  const times = [...new Set([...facts.map(({ time }) => time), end])].filter((time) => time <= end);
  const samples: Sample[] = [];
  let last = -apart;
  for (const [index, time] of times.entries()) {
    // of several that look like one, the first is seen, and the last, which says how it ended
    const isLast = (times[index + 1] ?? Infinity) > time + apart;
    if (time < last + apart && !isLast) continue;
    last = time;
    const { shapes } = await host.viewAt(time, { cells, lanes: {}, rows: 0 });
    samples.push({ at: time, ...brokerIn(shapes) });
  }
  return samples;
}

/** The shapes that say what lies at the broker. */
export function brokerIn(shapes: readonly Shape[]): Omit<Sample, 'at'> {
  return {
    lanes: shapes.filter((shape): shape is Lane => shape.shape === 'lane'),
    stack: shapes.find((shape): shape is Stack => shape.shape === 'stack') ?? null,
    pile: shapes.find((shape): shape is Pile => shape.shape === 'pile') ?? null,
  };
}

/** A row for each message, so that those that are there at the same time have rows of their own, as far as there are any. */
export function rowsOf(stretches: readonly Stretch[], rows: number): ReadonlyMap<MessageId, number> {
  const spans = new Map<MessageId, { from: Time; to: Time }>();
  for (const { message, from, to } of stretches) {
    const span = spans.get(message) ?? { from, to: 0 };
    spans.set(message, { from: Math.min(span.from, from), to: Math.max(span.to, to ?? Infinity) });
  }
  const free = Array.from({ length: rows }, () => 0);
  const placed = new Map<MessageId, number>();
  for (const [message, { from, to }] of [...spans].sort(([, a], [, b]) => a.from - b.from)) {
    const found = free.findIndex((until) => until <= from);
    const row = found >= 0 ? found : free.indexOf(Math.min(...free));
    free[row] = to;
    placed.set(message, row);
  }
  return placed;
}

/** When each message is in the set that `of` reads from a sample. */
export function stretchesOf(
  samples: readonly Sample[],
  of: (sample: Sample) => readonly MessageId[],
): readonly Stretch[] {
  const done: Stretch[] = [];
  const open = new Map<MessageId, Time>();
  for (const sample of samples) {
    const now = new Set(of(sample));
    for (const [message, from] of open)
      if (!now.has(message)) {
        done.push({ message, from, to: sample.at });
        open.delete(message);
      }
    for (const message of now) if (!open.has(message)) open.set(message, sample.at);
  }
  return [...done, ...[...open].map(([message, from]) => ({ message, from, to: null }))];
}
