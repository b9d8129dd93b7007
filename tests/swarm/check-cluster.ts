/** What must hold of a cluster once all of it is well again, whatever was broken. Each rule returns its complaints. */
import type { BrokerState } from '../../src/brokers/kafka/state';
import type { Partition } from '../../src/brokers/kafka/partition';
import { offsetIn } from '../../src/brokers/kafka/protocol/records';
import type { Fact } from '../../src/kernel/fact';
import type { Risk } from './generate-cluster';

/** Messages by offset, as a copy has them. */
type Copy = ReadonlyMap<number, number>;

export function clusterComplaints(
  facts: readonly Fact[],
  states: readonly BrokerState[],
  risk: Risk,
): string[] {
  const topic = 'orders';
  const count = states[0].topics.get(topic)!.partitions.length;
  const copies = Array.from({ length: count }, (_, index) =>
    states.map((state) => state.topics.get(topic)!.partitions[index]),
  );
  const logs = copies.map((all) =>
    logOf(all.find(({ replication }) => replication!.role === 'leader') ?? all[0]),
  );
  return [
    ...everybodyAgrees(copies),
    ...acknowledgedIsKept(facts, logs, risk),
    // who had read what no leader has any more finds other records under the offsets it has passed, and never reads them
    ...(risk === 'unclean' || risk === 'power' ? [] : everythingIsApplied(facts, logs)),
    // nothing is awaited with acks 0, and a send that was held up is overtaken
    ...(risk === 'acks 0' ? [] : inOrderOfPublishing(facts, logs)),
    ...causesComeFirst(facts),
  ];
}

/** Records that were acknowledged (or, with acks 0, sent) and are in no log now. */
export function lostRecords(facts: readonly Fact[], states: readonly BrokerState[], risk: Risk): number[] {
  const kept = new Set<number>();
  for (const state of states)
    for (const partition of state.topics.get('orders')!.partitions)
      for (const message of logOf(partition).values()) kept.add(message);
  const told = risk === 'acks 0' ? published(facts) : confirmed(facts);
  return told.filter((message) => !kept.has(message));
}

function confirmed(facts: readonly Fact[]): number[] {
  return [
    ...new Set(facts.filter(({ type }) => type === 'ProduceAcknowledged').map(({ message }) => message)),
  ];
}

function published(facts: readonly Fact[]): number[] {
  return [...new Set(facts.filter(({ kind }) => kind === 'published').map(({ message }) => message))];
}

function logOf({ log }: Partition): Copy {
  const copy = new Map<number, number>();
  for (const batch of log)
    batch.records.forEach(({ message }, index) => copy.set(offsetIn(batch, index), message));
  return copy;
}

/** One leads, all are in sync, all have the same, and readers may read all of it. */
function everybodyAgrees(copies: readonly (readonly Partition[])[]): string[] {
  const found: string[] = [];
  copies.forEach((all, index) => {
    const leaders = all.filter(({ replication }) => replication!.role === 'leader');
    if (leaders.length !== 1) found.push(`partition ${index} has ${leaders.length} leaders`);
    const [leader] = leaders.length > 0 ? leaders : all;
    const { isr } = leader.replication!.image;
    if (isr.length !== all.length) found.push(`partition ${index}: only ${isr.join()} are in sync`);
    if (leader.highWatermark !== leader.logEnd)
      found.push(`partition ${index}: readers may read up to ${leader.highWatermark} of ${leader.logEnd}`);
    const log = JSON.stringify([...logOf(leader)]);
    all.forEach((copy, node) => {
      if (JSON.stringify([...logOf(copy)]) !== log)
        found.push(`partition ${index}: node ${node + 1} has other records than the leader`);
    });
  });
  return found;
}

/** Kept, except at a risk, and even then somebody must have cut it off. */
function acknowledgedIsKept(facts: readonly Fact[], logs: readonly Copy[], risk: Risk): string[] {
  const kept = new Set(logs.flatMap((log) => [...log.values()]));
  const cut = new Set(facts.filter(({ type }) => type === 'RecordTruncated').map(({ message }) => message));
  return confirmed(facts)
    .filter((message) => !kept.has(message) && (risk === 'none' || !cut.has(message)))
    .map((message) => `message ${message} was acknowledged and is gone`);
}

function everythingIsApplied(facts: readonly Fact[], logs: readonly Copy[]): string[] {
  const applied = new Set(facts.filter(({ kind }) => kind === 'applied').map(({ message }) => message));
  // who had read on beyond what was cut off is sent back to the start, and skips nothing
  return logs.flatMap((log, index) =>
    [...log]
      .filter(([, message]) => !applied.has(message))
      .map(([offset, message]) => `message ${message} lies at ${index}@${offset} and was never applied`),
  );
}

/** Each producer awaits its sends: what it sent first comes first, repeats apart. */
function inOrderOfPublishing(facts: readonly Fact[], logs: readonly Copy[]): string[] {
  const by = new Map(facts.filter(({ kind }) => kind === 'published').map(({ message, process }) => [message, process])); // prettier-ignore
  const found: string[] = [];
  logs.forEach((log, index) => {
    const newest = new Map<string, number>();
    const seen = new Set<number>();
    for (const [offset, message] of log) {
      if (seen.has(message)) continue;
      seen.add(message);
      const producer = by.get(message)!;
      if (message < (newest.get(producer) ?? -1))
        found.push(`message ${message} lies at ${index}@${offset} behind ${newest.get(producer)}`);
      newest.set(producer, Math.max(message, newest.get(producer) ?? -1));
    }
  });
  return found;
}

function causesComeFirst(facts: readonly Fact[]): string[] {
  return facts
    .filter(({ cause, id }) => cause >= id)
    .map(({ cause, id }) => `fact ${id} is caused by ${cause}, which comes later`);
}
