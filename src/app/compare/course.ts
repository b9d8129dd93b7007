/** What became of every order in one run, read from its history: when it came, who had it in hand and when, what of it counts. */
import type { MessageId } from '../../kernel/bodies';
import type { Body } from '../../kernel/bodies';
import type { Fact } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import { setting } from './workload';

/** An order in the hands of a worker, from when it was handed over. */
export interface Handling {
  readonly message: MessageId;
  readonly worker: string;
  /** 1 for the first time it was handed to anybody. */
  readonly nth: number;
  readonly from: Time;
  /** When its job was done, failed, or broke with its worker; null: it was never over. */
  readonly to: Time | null;
  readonly became: 'applied' | 'failed' | 'broken' | 'unfinished';
}

export interface Order {
  readonly message: MessageId;
  readonly label: string;
  readonly key: string;
  readonly publishedAt: Time;
}

/** One run, as far as it can be compared with others. */
export interface Course {
  readonly orders: readonly Order[];
  /** By time. */
  readonly handlings: readonly Handling[];
  /** Workers that have died, and when. */
  readonly deaths: readonly { readonly worker: string; readonly at: Time }[];
  readonly sums: Sums;
}

/** Over the whole run. */
export interface Sums {
  /** Orders whose effect happened more than once. */
  readonly twice: number;
  /** Orders whose effect never happened. */
  readonly missing: number;
  /** Effects that came after the effect of a later order of the same product. */
  readonly outOfOrder: number;
  /** Longest wait of an order for the beginning of its first job; null: none has begun. */
  readonly longestWait: Time | null;
  /** When the last effect happened; null: an order is still without one. */
  readonly doneAt: Time | null;
}

/** Kafka's client says itself what it was given; RabbitMQ and SQS say whom they have given a message to. */
const workerIn = ({ process, group, detail }: Fact): string | undefined =>
  [process, group, detail].flatMap((name) => setting.workers.filter((worker) => worker === name)).at(0);

export function courseOf(facts: readonly Fact[], bodies: readonly Body[]): Course {
  const orders: Order[] = [];
  const handlings: Handling[] = [];
  const deaths: Course['deaths'][number][] = [];
  const times = new Map<MessageId, number>();
  const end = (worker: string, message: MessageId | null, to: Time, became: Handling['became']): void => {
    for (const [index, one] of handlings.entries())
      if (one.worker === worker && one.to === null && (message === null || one.message === message))
        handlings[index] = { ...one, to, became };
  };
  for (const fact of facts) {
    const { kind, process, message, time } = fact;
    const worker = workerIn(fact);
    if (kind === 'published' && process === 'shop' && !orders.some((one) => one.message === message)) {
      const { label, key } = bodies[message];
      orders.push({ message, label, key: key ?? '', publishedAt: time });
    } else if (worker === undefined) continue;
    else if (kind === 'delivered' || kind === 'redelivered') {
      const nth = (times.get(message) ?? 0) + 1;
      times.set(message, nth);
      handlings.push({ message, worker, nth, from: time, to: null, became: 'unfinished' });
    } else if (kind === 'applied') end(worker, message, time, 'applied');
    else if (kind === 'failed') end(worker, message, time, 'failed');
    else if (kind === 'crashed') {
      deaths.push({ worker, at: time });
      end(worker, null, time, 'broken');
    }
  }
  return { orders, handlings, deaths, sums: sumsOf(orders, handlings) };
}

function sumsOf(orders: readonly Order[], handlings: readonly Handling[]): Sums {
  const applied = handlings.filter(({ became }) => became === 'applied').sort((a, b) => a.to! - b.to!);
  const counts = new Map<MessageId, number>();
  for (const { message } of applied) counts.set(message, (counts.get(message) ?? 0) + 1);
  const missing = orders.filter(({ message }) => !counts.has(message)).length;
  const first = handlings.filter(({ nth }) => nth === 1);
  const waits = first.flatMap(({ message, from }) => {
    const order = orders.find((one) => one.message === message);
    return order ? [from - order.publishedAt] : [];
  });
  return {
    twice: [...counts.values()].filter((count) => count > 1).length,
    missing,
    outOfOrder: outOfOrder(orders, applied),
    longestWait: waits.length === 0 ? null : Math.max(...waits),
    doneAt: missing > 0 || applied.length === 0 ? null : applied[applied.length - 1].to,
  };
}

/** First effects only: a second one is counted as such. */
function outOfOrder(orders: readonly Order[], applied: readonly Handling[]): number {
  const place = new Map(orders.map(({ message, key }, index) => [message, { key, index }]));
  const seen = new Set<MessageId>();
  const newest = new Map<string, number>();
  let count = 0;
  for (const { message } of applied) {
    const at = place.get(message);
    if (!at || seen.has(message)) continue;
    seen.add(message);
    const before = newest.get(at.key) ?? -1;
    if (at.index < before) count++;
    else newest.set(at.key, at.index);
  }
  return count;
}
