/** What the leader of a classic group deals out partitions with (ConsumerPartitionAssignor.java). Without racks. */
import type { Assignment } from '../../../brokers/kafka/protocol';

/** A member as the leader sees it. */
export interface GroupMember {
  readonly memberId: string;
  /** null: a dynamic member. */
  readonly instanceId: string | null;
  readonly topics: readonly string[];
  /** What it has when it joins: with eager protocols nothing. */
  readonly owned: Assignment;
  /** Generation it is from; −1: it has been in none. */
  readonly generation: number;
  /** What the sticky assignor was given last, which it remembers while everything is given up; null: nothing. */
  readonly previous: { readonly assignment: Assignment; readonly generation: number } | null;
}

export interface AssignorInput {
  /** In the order in which the coordinator names them. */
  readonly members: readonly GroupMember[];
  /** 0: there is no such topic. */
  readonly countOf: (topic: string) => number;
}

/** Pure: the same input gives the same assignment. */
export interface Assignor {
  /** The protocol name members vote on. */
  readonly name: string;
  /** Last word of its class. */
  readonly className: string;
  /** Members keep what they have until they are told to give it up. */
  readonly isCooperative: boolean;
  readonly assign: (input: AssignorInput) => ReadonlyMap<string, readonly Place[]>;
}

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** Only a value's name can be compared: "orders-0". */
export function nameOf({ topic, partition }: Place): string {
  return `${topic}-${partition}`;
}

export function placesOf(assignment: Assignment): Place[] {
  return Object.keys(assignment).flatMap((topic) =>
    assignment[topic].map((partition) => ({ topic, partition })),
  );
}

/** As it is sent: partitions by topic. */
export function assignmentOf(places: readonly Place[]): Assignment {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of places) {
    const known = topics.get(topic);
    if (known) known.push(partition);
    else topics.set(topic, [partition]);
  }
  return Object.fromEntries(topics);
}

/** By topic, then by number (Utils.TopicPartitionComparator). */
export function byPlace(a: Place, b: Place): number {
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition;
}

/** Static members first and by their names, the others by their ids (AbstractPartitionAssignor.MemberInfo). */
export function byMember(a: GroupMember, b: GroupMember): number {
  if (a.instanceId !== null && b.instanceId !== null) return byText(a.instanceId, b.instanceId);
  if (a.instanceId !== null) return -1;
  return b.instanceId !== null ? 1 : byText(a.memberId, b.memberId);
}

/** Code units, as String.compareTo has it. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All topics that somebody subscribes to and that exist, by name. */
export function topicsOf({ members, countOf }: AssignorInput): string[] {
  const topics = new Set(members.flatMap((member) => member.topics));
  return [...topics].filter((topic) => countOf(topic) > 0).sort(byText);
}

/** Of a topic, in order. */
export function partitionsOf({ countOf }: AssignorInput, topic: string): Place[] {
  return Array.from({ length: countOf(topic) }, (_, partition) => ({ topic, partition }));
}
