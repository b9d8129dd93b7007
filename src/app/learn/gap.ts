/** The gap between apply and commit, read from history. */
import type { Fact } from '../../kernel/fact';
import type { MessageId } from '../../kernel/bodies';
import type { Process } from '../../kernel/shape';

/** Messages that a crashed process had applied and nobody has committed: work that will be repeated. Oldest first. */
export function unsettledBy({ name, group }: Process, facts: readonly Fact[]): readonly MessageId[] {
  const crash = facts.findLast((fact) => fact.kind === 'crashed' && fact.subject === name);
  if (!crash || group === null) return [];
  const lane = facts.findLast((fact) => fact.process === name && isDelivery(fact))?.subject;
  const messages: MessageId[] = [];
  for (let id = crash.id - 1; id >= 0; id--) {
    const fact = facts[id];
    if (fact.group !== group) continue;
    if (fact.kind === 'settled' && fact.subject === lane) break;
    if (fact.kind === 'applied' && wasGivenTo(name, fact, facts)) messages.unshift(fact.message);
  }
  return messages;
}

/** Follows the causes back to the consumer that was handed the record. */
function wasGivenTo(name: string, applied: Fact, facts: readonly Fact[]): boolean {
  for (let fact = facts[applied.cause]; fact; fact = facts[fact.cause]) {
    if (isDelivery(fact)) return fact.process === name;
  }
  return false;
}

function isDelivery({ kind }: Fact): boolean {
  return kind === 'delivered' || kind === 'redelivered';
}
