/** What must hold in every history of RabbitMQ, whatever was broken. Each rule returns its complaints. */
import type { Fact } from '../../src/kernel/fact';
import type { Recording } from '../../src/scenario/scenario';
import { causesComeFirst } from './check';

export function rabbitComplaints(facts: readonly Fact[], recording: Recording): string[] {
  return [
    ...settledOncePerCopy(facts),
    ...confirmedIsAccountedFor(facts),
    ...acceptedIsAccountedFor(facts, recording),
    ...causesComeFirst(facts),
  ];
}

const isQueue = ({ subject }: Fact): boolean => /^rabbit(-\d)?\/queue\//.test(subject);

/** How often each message did something at each place: by "place message". */
function counts(facts: readonly Fact[], has: (fact: Fact) => boolean): Map<string, number> {
  const found = new Map<string, number>();
  for (const fact of facts) {
    if (!has(fact)) continue;
    const key = `${fact.subject} ${fact.message}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** A copy of a message is acknowledged, dies or is lost once: nothing leaves a queue oftener than it came in. */
function settledOncePerCopy(facts: readonly Fact[]): string[] {
  const came = counts(facts, (fact) => fact.kind === 'accepted' && isQueue(fact));
  const went = counts(facts, (fact) => fact.kind === 'settled' && isQueue(fact));
  return [...went].flatMap(([key, count]) =>
    count > (came.get(key) ?? 0)
      ? [`${key}: acknowledged ${count} times, and ${came.get(key) ?? 0} came in`]
      : [],
  );
}

/** Who was told that a message is safe finds it in a queue, unless no queue wanted it. */
function confirmedIsAccountedFor(facts: readonly Fact[]): string[] {
  const found: string[] = [];
  const arrived = new Set<number>();
  for (const fact of facts) {
    if (
      fact.kind === 'accepted' ||
      fact.kind === 'unroutable' ||
      fact.kind === 'evicted' ||
      fact.kind === 'expired'
    )
      arrived.add(fact.message);
    if (fact.kind === 'confirmed' && fact.type === 'MessageConfirmed' && !arrived.has(fact.message))
      found.push(`fact ${fact.id}: message ${fact.message} is confirmed, and no queue has it`);
  }
  return found;
}

/** At the end nothing is in the air: what a queue took was applied by its readers, or died, expired or was dropped there. */
function acceptedIsAccountedFor(facts: readonly Fact[], { scenario }: Recording): string[] {
  const found: string[] = [];
  const gone = new Set<string>();
  const applied = new Set<string>();
  const readers = new Map(
    scenario.services.flatMap(({ name, parts }) =>
      parts.flatMap(({ options }) =>
        typeof options?.['queue'] === 'string' ? [[name, `rabbit/queue/${options['queue']}`] as const] : [],
      ),
    ),
  );
  for (const { kind, subject, process, message } of facts) {
    if (['deadLettered', 'expired', 'evicted', 'lost', 'refused'].includes(kind))
      gone.add(`${subject} ${message}`);
    const queue = readers.get(process);
    if (kind === 'applied' && queue !== undefined) applied.add(`${queue} ${message}`);
  }
  for (const key of counts(facts, (fact) => fact.kind === 'accepted' && isQueue(fact)).keys())
    if (!gone.has(key) && !applied.has(key)) found.push(`${key}: it came in, and nobody ever applied it`);
  return found;
}
