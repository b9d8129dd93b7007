/** Pieces of the real kafkajs 2.2.4, to hold ours against. Files, not the public interface: they are what we cite. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export interface RealPartition {
  readonly partitionId: number;
  readonly leader: number;
}

type RealPartitioner = (call: {
  readonly topic: string;
  readonly partitionMetadata: readonly RealPartition[];
  readonly message: { readonly key?: string | null; readonly partition?: number | null };
}) => number;

export const realMurmur2 = require('kafkajs/src/producer/partitioners/default/murmur2') as (
  key: string,
) => number;
export const realLegacyMurmur2 = require('kafkajs/src/producer/partitioners/legacy/murmur2') as (
  key: string,
) => number;
export const realDefaultPartitioner =
  require('kafkajs/src/producer/partitioners/default') as () => RealPartitioner;
export const realLegacyPartitioner =
  require('kafkajs/src/producer/partitioners/legacy') as () => RealPartitioner;

const protocol = require('kafkajs/src/consumer/assignerProtocol') as {
  MemberAssignment: { decode(buffer: Buffer): { assignment: Record<string, number[]> } };
};
const createRoundRobin = require('kafkajs/src/consumer/assigners/roundRobinAssigner') as (context: {
  cluster: { findTopicPartitionMetadata(topic: string): readonly { partitionId: number }[] };
}) => {
  name: string;
  assign(group: {
    members: readonly { memberId: string }[];
    topics: readonly string[];
  }): Promise<{ memberId: string; memberAssignment: Buffer }[]>;
};

/** kafkajs's assignment by member, decoded. */
export async function realRoundRobin(
  members: readonly string[],
  topics: readonly string[],
  partitionsOf: (topic: string) => readonly number[],
): Promise<{ memberId: string; assignment: Record<string, number[]> }[]> {
  const assigner = createRoundRobin({
    cluster: {
      findTopicPartitionMetadata: (topic) => partitionsOf(topic).map((partitionId) => ({ partitionId })),
    },
  });
  const assignments = await assigner.assign({ members: members.map((memberId) => ({ memberId })), topics });
  return assignments.map(({ memberId, memberAssignment }) => ({
    memberId,
    assignment: { ...protocol.MemberAssignment.decode(memberAssignment).assignment },
  }));
}

export const realRoundRobinName = createRoundRobin({
  cluster: { findTopicPartitionMetadata: () => [] },
}).name;
export const realRetryDefaults = require('kafkajs/src/retry/defaults') as Record<string, number>;
export const realErrors = (
  require('kafkajs/src/protocol/error') as {
    errorCodes: readonly { type: string; code: number; retriable: boolean }[];
  }
).errorCodes;
