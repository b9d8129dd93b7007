import type { MessageId } from '../../kernel/bodies';
import type { Fact, FactId, FactKind } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';

/** How far one step goes: to the next fact, to a message's next station, or along one message's journey. */
export type StepBy = 'fact' | 'hop' | 'journey';
export const stepSizes: readonly StepBy[] = ['fact', 'hop', 'journey'];

/** An instant, and the fact that was stepped to when several share it. */
export interface Place {
  readonly time: Time;
  readonly fact: FactId | null;
}

/** Kinds by which a message gets from one station to the next. */
const hops: ReadonlySet<FactKind> = new Set<FactKind>([
  'published', 'accepted', 'routed', 'unroutable', 'delivered', 'redelivered', 'hidden', 'applied', 'skipped', 'parked',
  'rejected', 'deadLettered', 'redriven', 'lost', 'duplicated', 'expired',
]); // prettier-ignore

/** A place at a fact. */
export interface FactPlace extends Place {
  readonly fact: FactId;
}

const factsPerLook = 500;

export function wanted(by: StepBy, message: MessageId | null): (fact: Fact) => boolean {
  if (by === 'journey' && message !== null) return (fact) => fact.message === message;
  if (by === 'fact') return () => true;
  return (fact) => fact.message !== -1 && hops.has(fact.kind);
}

/** The first fact after `after` that fits. Computes on when none has happened yet, but not past `limit`. */
export async function findNext(
  host: RunHost,
  after: FactId,
  limit: Time,
  fits: (fact: Fact) => boolean,
): Promise<FactPlace | null> {
  for (let from = after + 1; ;) {
    const facts = await host.facts({ from, limit: factsPerLook });
    const found = facts.find(fits);
    if (found) return found.time <= limit ? { time: found.time, fact: found.id } : null;
    const last = facts.at(-1);
    if (last) {
      if (last.time > limit) return null;
      from = last.id + 1;
      continue;
    }
    const next = await host.nextFact(from - 1, limit);
    if (!next) return null;
    from = next.fact;
  }
}

/** The last fact before `before` that fits. */
export async function findPrevious(
  host: RunHost,
  before: FactId,
  fits: (fact: Fact) => boolean,
): Promise<FactPlace | null> {
  for (let to = before; to > 0; to -= factsPerLook) {
    const facts = await host.facts({ from: Math.max(0, to - factsPerLook), to });
    const found = facts.findLast(fits);
    if (found) return { time: found.time, fact: found.id };
  }
  return null;
}
