/** What must hold in every history, whatever was broken. Each rule returns its complaints, so a failing seed tells all. */
import type { Fact } from '../../src/kernel/fact';
import type { Recording } from '../../src/scenario/scenario';

/** Facts in order → complaints, empty when all is well. */
export function complaints(facts: readonly Fact[], recording: Recording): string[] {
  return [
    ...offsetsNeverReused(facts),
    ...committedNotPastEnd(facts),
    ...deliveredInOrder(facts),
    ...awaitedSendsKeepTheirOrder(facts, recording),
    ...everyRecordAccountedFor(facts, recording),
    ...causesComeFirst(facts),
  ];
}

function offsetsNeverReused(facts: readonly Fact[]): string[] {
  const found: string[] = [];
  const ends = new Map<string, number>();
  for (const { kind, subject, position, id } of facts) {
    if (kind !== 'accepted') continue;
    const expected = ends.get(subject) ?? 0;
    if (position !== expected)
      found.push(`fact ${id}: ${subject} appended offset ${position} where ${expected} was next`);
    ends.set(subject, position + 1);
  }
  return found;
}

/** A seek may aim past the end, and kafkajs commits what it was told to seek; nothing else may be committed there. */
function committedNotPastEnd(facts: readonly Fact[]): string[] {
  const found: string[] = [];
  const ends = new Map<string, number>();
  const seeks = facts.filter(({ kind }) => kind === 'sought');
  const sought = new Set(seeks.map(({ group, subject, position }) => `${group} ${subject} ${position}`));
  for (const { kind, subject, position, group, id } of facts) {
    if (kind === 'accepted') ends.set(subject, position + 1);
    if (
      kind !== 'settled' ||
      position <= (ends.get(subject) ?? 0) ||
      sought.has(`${group} ${subject} ${position}`)
    )
      continue;
    found.push(
      `fact ${id}: ${group} committed ${position} in ${subject}, which ends at ${ends.get(subject) ?? 0}`,
    );
  }
  return found;
}

/** New ground is covered one offset at a time: a group goes back as often as it must, but skips nothing it did not seek over. */
function deliveredInOrder(facts: readonly Fact[]): string[] {
  const found: string[] = [];
  const furthest = new Map<string, number>();
  for (const { kind, subject, position, amount, group, id } of facts) {
    const key = `${group} ${subject}`;
    const next = furthest.get(key) ?? 0;
    if (kind === 'sought' && position > next) furthest.set(key, position);
    if (kind === 'expired')
      for (const known of furthest.keys())
        if (known.endsWith(` ${subject}`))
          furthest.set(known, Math.max(furthest.get(known)!, position + amount));
    if (kind !== 'delivered' && kind !== 'redelivered') continue;
    if (position > next) found.push(`fact ${id}: ${group} was given ${subject}@${position} without ${next}`);
    furthest.set(key, Math.max(next, position + 1));
  }
  return found;
}

/** Records of one producer lie in each partition in the order they were published (repeats apart), if it awaits its sends. */
function awaitedSendsKeepTheirOrder(facts: readonly Fact[], { scenario }: Recording): string[] {
  const awaiting = new Set(
    scenario.services
      .filter(({ parts }) => parts.some(({ options }) => options?.['awaited'] === true))
      .map(({ name }) => name),
  );
  const found: string[] = [];
  const publishedBy = new Map<number, string>();
  const newest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { kind, message, subject, process, id } of facts) {
    if (kind === 'published') publishedBy.set(message, process);
    if (
      kind !== 'accepted' ||
      seen.has(`${subject} ${message}`) ||
      !awaiting.has(publishedBy.get(message) ?? '')
    )
      continue;
    seen.add(`${subject} ${message}`);
    const lane = `${publishedBy.get(message)} ${subject}`;
    if (message < (newest.get(lane) ?? -1))
      found.push(`fact ${id}: message ${message} was appended to ${subject} after ${newest.get(lane)}`);
    newest.set(lane, Math.max(message, newest.get(lane) ?? -1));
  }
  return found;
}

/** At the end nothing is in the air: each message was refused, lost with its sender, or lies in the log and was applied by every group. */
function everyRecordAccountedFor(facts: readonly Fact[], { scenario }: Recording): string[] {
  const found: string[] = [];
  const accepted = new Map<number, { subject: string; position: number }[]>();
  const explained = new Set<number>();
  const applied = new Set<string>();
  const skippedBySeek = new Map<string, [number, number][]>();
  const expiredTo = new Map<string, number>();
  const crashes = facts.filter(({ kind }) => kind === 'crashed');
  for (const fact of facts) {
    const { kind, message, subject, position, amount, group } = fact;
    if (kind === 'accepted') accepted.set(message, [...(accepted.get(message) ?? []), { subject, position }]);
    if (kind === 'failed' || kind === 'refused') explained.add(message);
    if (kind === 'applied') applied.add(`${group} ${message}`);
    if (kind === 'expired') expiredTo.set(subject, position + amount);
    if (kind === 'sought' && position > amount) {
      const key = `${group} ${subject}`;
      skippedBySeek.set(key, [...(skippedBySeek.get(key) ?? []), [amount, position]]);
    }
  }
  for (const { kind, message, process, time, id } of facts) {
    if (kind !== 'published' || accepted.has(message) || explained.has(message)) continue;
    if (!crashes.some((crash) => crash.process === process && crash.time >= time)) {
      found.push(`fact ${id}: message ${message} of ${process} was published and never heard of again`);
    }
  }
  const groups = new Map<string, string>();
  for (const { parts } of scenario.services) {
    for (const { options } of parts) {
      if (options?.['groupId'] !== undefined)
        groups.set(options['groupId'] as string, (options['topics'] as string[])[0]);
    }
  }
  for (const [group, topic] of groups) {
    for (const [message, places] of accepted) {
      if (!places[0].subject.startsWith(`kafka/${topic}/`) || applied.has(`${group} ${message}`)) continue;
      const excused = places.every(({ subject, position }) => {
        const skipped = skippedBySeek
          .get(`${group} ${subject}`)
          ?.some(([from, to]) => position >= from && position < to);
        return skipped || position < (expiredTo.get(subject) ?? 0);
      });
      if (!excused)
        found.push(
          `message ${message} lies at ${places.map(({ subject, position }) => `${subject}@${position}`).join(', ')} and ${group} never applied it`,
        );
    }
  }
  return found;
}

export function causesComeFirst(facts: readonly Fact[]): string[] {
  return facts
    .filter(({ cause, id }) => cause >= id)
    .map(({ cause, id }) => `fact ${id} is caused by ${cause}, which comes later`);
}
