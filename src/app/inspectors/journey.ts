/** What has become of one message, put together from history: who was given it, what they did, whether it counts. */
import type { MessageId } from '../../kernel/bodies';
import type { Fact, FactKind } from '../../kernel/fact';
import type { Group, Lane, Shape } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import { shapesOf } from '../../stage/names';

/** One delivery and what followed from it. */
export interface Visit {
  readonly group: string;
  readonly delivered: Fact;
  /** 1 for the first delivery to this group. */
  readonly nth: number;
  /** It had its effect: the last time, where writing was tried again. */
  readonly applied: Fact | null;
  /** Put aside: outdated, skipped, failed. */
  readonly refused: Fact | null;
  /** The group's flag went past it; in a queue, it was acknowledged or deleted. */
  readonly settled: Fact | null;
  /** The consumer broke before that; a commit on its way may still arrive. */
  readonly crashed: Fact | null;
}

/** It will be delivered to this group again. */
export interface Expected {
  readonly group: string;
  /** When the coordinator gives the lost consumer up; null when that is not what is waited for. */
  readonly at: Time | null;
}

export interface Journey {
  readonly message: MessageId;
  readonly published: Fact | null;
  readonly accepted: Fact | null;
  readonly confirmed: Fact | null;
  /** Address of the partition or queue it came to first; null before it is anywhere. */
  readonly lane: string | null;
  /** It lies in a queue, which it leaves, and not in a log. */
  readonly isQueued: boolean;
  /** In its partition; null in a queue. */
  readonly offset: number | null;
  /** Retention or a person deleted it; or it has left its queue for good. */
  readonly deleted: Fact | null;
  /** Groups that read its partition, in the order of the picture. */
  readonly groups: readonly string[];
  readonly visits: readonly Visit[];
  readonly expected: readonly Expected[];
  /** Everything above, in the order of history: the same as sentences. */
  readonly facts: readonly Fact[];
}

/** Kinds that decide about a message without naming it: flags, seeks, crashes, deletions. */
export const decidingKinds: readonly FactKind[] = ['settled', 'sought', 'crashed', 'expired'];

const refusals: ReadonlySet<FactKind> = new Set<FactKind>(['outdated', 'skipped', 'failed', 'rejected']);

/**
 * The journey as it is known at one instant. `own` are facts of the message, `others` those of `decidingKinds` since it
 * was published, both in order and none later than the instant; `shapes` is the picture of the instant.
 */
export function journeyOf(
  message: MessageId,
  own: readonly Fact[],
  others: readonly Fact[],
  shapes: readonly Shape[],
): Journey {
  const accepted = own.find(({ kind }) => kind === 'accepted') ?? null;
  const lane = accepted?.subject ?? null;
  const isQueued = lane !== null && laneOf(lane, shapes) === undefined;
  const offset = isQueued ? null : (accepted?.position ?? null);
  const visits = accepted === null ? [] : visitsOf(own, others, accepted);
  const deleted =
    (isQueued ? own.findLast((fact) => fact.subject === lane && leaves(fact)) : undefined) ??
    others.find(
      ({ kind, subject, position, amount }) =>
        kind === 'expired' && subject === lane && offset !== null && position <= offset && offset < position + amount,
    ) ?? null; // prettier-ignore
  const published = own.find(({ kind }) => kind === 'published') ?? null;
  const back = accepted === null ? [] : others.filter((fact) => sendsBack(fact, accepted, visits));
  const beside = visits.flatMap(({ settled, crashed }) => [settled, crashed]);
  const facts = [...own, ...beside, ...back, deleted].filter((fact) => fact !== null);
  return {
    message,
    published,
    accepted,
    confirmed: own.find(({ kind }) => kind === 'confirmed') ?? null,
    lane,
    isQueued,
    offset,
    deleted,
    groups: groupsOf(lane, visits, shapes),
    visits,
    expected: accepted === null ? [] : expectedOf(accepted, visits, others, shapes),
    facts: [...new Map(facts.map((fact) => [fact.id, fact])).values()].sort((a, b) => a.id - b.id),
  };
}

function visitsOf(own: readonly Fact[], others: readonly Fact[], accepted: Fact): Visit[] {
  const deliveries = own.filter(({ kind }) => kind === 'delivered' || kind === 'redelivered');
  return deliveries.map((delivered): Visit => {
    const { id, group, process } = delivered;
    const earlier = deliveries.filter((other) => other.group === group && other.id < id);
    const next = deliveries.find((other) => other.group === group && other.id > id);
    const during = (fact: Fact) => fact.id > id && (next === undefined || fact.id < next.id);
    const byName = own.find((fact) => during(fact) && fact.kind === 'settled' && fact.group === group);
    // a flag names no message, but a place in its partition
    const byFlag = (fact: Fact): boolean =>
      fact.kind === 'settled' &&
      fact.message === -1 &&
      fact.group === group &&
      fact.subject === accepted.subject &&
      fact.position > accepted.position;
    const settled = byName ?? others.find((fact) => during(fact) && byFlag(fact));
    // who delivers is the client at a log, and the broker at a queue: there the consumer is the group
    const crashed = others.find(
      (fact) =>
        during(fact) && fact.kind === 'crashed' && (fact.subject === process || fact.subject === group),
    );
    const effects = own.filter((fact) => fact.cause === id || (during(fact) && fact.group === group));
    return {
      group,
      delivered,
      nth: earlier.length + 1,
      applied: effects.findLast(({ kind }) => kind === 'applied') ?? null,
      refused: effects.findLast(({ kind }) => refusals.has(kind)) ?? null,
      settled: settled ?? null,
      crashed: crashed && !(settled && settled.id < crashed.id) ? crashed : null,
    };
  });
}

const leaving: ReadonlySet<FactKind> = new Set<FactKind>(['settled', 'deadLettered', 'expired', 'evicted', 'lost']); // prettier-ignore

/** Its queue has it no more. What is given back is a rejection too, and stays. */
function leaves({ kind, type }: Fact): boolean {
  return leaving.has(kind) || type === 'MessageRejected';
}

/** A seek, or a flag set back, that puts the message before a group once more after it had been given it. */
function sendsBack(fact: Fact, { subject, position }: Fact, visits: readonly Visit[]): boolean {
  return (
    (fact.kind === 'sought' || (fact.kind === 'settled' && fact.amount > fact.position)) &&
    fact.subject === subject &&
    fact.position <= position &&
    visits.some(({ group, delivered }) => group === fact.group && delivered.id < fact.id)
  );
}

/** Groups that were given it, whose flag stands before it, and that are not at work on it now. */
function expectedOf(
  accepted: Fact,
  visits: readonly Visit[],
  others: readonly Fact[],
  shapes: readonly Shape[],
): Expected[] {
  const lane = laneOf(accepted.subject, shapes);
  const found: Expected[] = [];
  for (const group of new Set(visits.map((visit) => visit.group))) {
    const last = visits.findLast((visit) => visit.group === group)!;
    const pointer = lane?.pointers.find((candidate) => candidate.group === group);
    const isBefore = pointer ? (pointer.committed ?? 0) <= accepted.position : last.settled === null;
    const isPast = (pointer?.position ?? -1) > accepted.position;
    const sentBack = others.some(
      (fact) => fact.id > last.delivered.id && fact.group === group && sendsBack(fact, accepted, visits),
    );
    if (!sentBack && (last.crashed === null || !isBefore)) continue;
    if (isPast && last.crashed === null) continue;
    found.push({ group, at: last.crashed ? givenUpAt(last.crashed.subject, accepted.subject, group, shapes) : null });
  } // prettier-ignore
  return found;
}

function givenUpAt(process: string, lane: string, group: string, shapes: readonly Shape[]): Time | null {
  const shape = shapes.find((one): one is Group => one.shape === 'group' && one.name === group);
  return (
    shape?.members.find((member) => member.process === process && member.owns.includes(lane))?.expiresAt ?? null
  );
} // prettier-ignore

function groupsOf(lane: string | null, visits: readonly Visit[], shapes: readonly Shape[]): string[] {
  const readers = laneOf(lane, shapes)?.pointers.map(({ group }) => group) ?? [];
  const drawn = shapesOf(shapes, 'group').map(({ name }) => name);
  const all = [...new Set([...readers, ...visits.map(({ group }) => group)])];
  return [...drawn.filter((name) => all.includes(name)), ...all.filter((name) => !drawn.includes(name))];
}

function laneOf(address: string | null, shapes: readonly Shape[]): Lane | undefined {
  return shapes.find((shape): shape is Lane => shape.shape === 'lane' && shape.address === address);
}
