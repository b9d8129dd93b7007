import type { Assignment } from '../../../brokers/kafka/protocol';

/** A member of the group as the leader sees it. */
export interface Member {
  readonly memberId: string;
  readonly topics: readonly string[];
}

/** What an assignor decides from. */
export interface AssignorInput {
  readonly members: readonly Member[];
  /** The leader's own subscription, in its order. */
  readonly topics: readonly string[];
  /** Partition numbers of a topic in metadata order; empty when the topic is unknown. */
  readonly partitionsOf: (topic: string) => readonly number[];
}

/** Pure: the same input gives the same assignment. Members that get nothing may be left out. */
export interface Assignor {
  /** The protocol name members vote on. */
  readonly name: string;
  readonly assign: (
    input: AssignorInput,
  ) => readonly { readonly memberId: string; readonly assignment: Assignment }[];
}
