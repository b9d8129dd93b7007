/** What must hold in every history of several brokers, whatever was broken. Each rule returns its complaints. */
import type { Fact } from '../../src/kernel/fact';
import { causesComeFirst } from './check';
import type { Mixture } from './generate-mixed';

export function mixedComplaints(mixture: Mixture, facts: readonly Fact[]): string[] {
  return [
    ...(mixture === 'outbox' ? savedIsAppliedOnce(facts) : publishedIsApplied(facts)),
    ...causesComeFirst(facts),
  ];
}

/** Every order that was saved reaches the other end, and has its effect there once, however often it came. */
function savedIsAppliedOnce(facts: readonly Fact[]): string[] {
  const saved = new Set<number>();
  const applied = new Map<number, number>();
  for (const { type, subject, message } of facts) {
    if (type !== 'RowWritten') continue;
    if (subject === 'shop-db') saved.add(message);
    if (subject === 'reader-db') applied.set(message, (applied.get(message) ?? 0) + 1);
  }
  return [
    ...[...saved]
      .filter((message) => !applied.has(message))
      .map((message) => `order ${message} was saved and never applied`),
    ...[...applied]
      .filter(([, count]) => count > 1)
      .map(([message, count]) => `order ${message} was applied ${count} times`),
    ...[...applied.keys()]
      .filter((message) => !saved.has(message))
      .map((message) => `order ${message} was applied and never saved`),
  ];
}

/** What SNS has taken is applied at every subscriber, or lies among its dead. */
function publishedIsApplied(facts: readonly Fact[]): string[] {
  const found: string[] = [];
  const taken = new Set<number>();
  const done = { work: new Set<number>(), image: new Set<number>() };
  for (const { kind, process, subject, message } of facts) {
    if (kind === 'accepted' && subject.startsWith('sns/orders')) taken.add(message);
    if (kind === 'applied') (process === 'resize' ? done.image : done.work).add(message);
    if (kind === 'deadLettered' && subject.startsWith('sqs/work')) done.work.add(message);
    if (kind === 'deadLettered' && subject.startsWith('sqs/image')) done.image.add(message);
  }
  for (const [queue, has] of Object.entries(done))
    for (const message of taken)
      if (!has.has(message))
        found.push(`message ${message} was published, and ${queue} never had it applied`);
  return found;
}
