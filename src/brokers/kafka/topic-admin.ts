/**
 * Requests that change which topics and partitions there are, besides making new ones (ReplicationControlManager.java
 * deleteTopics, createPartitions). A deleted topic is gone at once; the real broker takes a moment to remove its files.
 */
import type { Context } from '../../kernel/machine';
import { PartitionsAdded, TopicDeleted } from './facts';
import { answerParked, takeFetches } from './fetch';
import { newPartition } from './partition';
import type {
  CreatePartitionsRequest,
  CreatePartitionsResponse,
  DeleteTopicsRequest,
  DeleteTopicsResponse,
  ErrorCode,
} from './protocol';
import type { BrokerState } from './state';
import type { Caller } from './turns';

/** Groups' offsets of a deleted topic go with it (GroupCoordinatorService.java onPartitionsDeleted). */
export function deleteTopics(
  state: BrokerState,
  request: DeleteTopicsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: DeleteTopicsResponse = {
    type: 'DeleteTopicsResponse',
    correlationId: request.correlationId,
    responses: request.topicNames.map((name) => ({ name, errorCode: deleteTopic(state, name, context) })),
  };
  context.reply(caller.connection, response);
}

function deleteTopic(state: BrokerState, name: string, context: Context): ErrorCode {
  const topic = state.topics.get(name);
  if (!topic) return 'UNKNOWN_TOPIC_OR_PARTITION';
  const waiting = takeFetches(state, topic.partitions, context);
  state.topics.delete(name);
  for (const group of state.groups.values())
    for (const [address, committed] of group.offsets)
      if (committed.topic === name) group.offsets.delete(address);
  context.emit({ is: TopicDeleted, subject: `${state.name}/${name}`, amount: topic.partitions.length });
  for (const parked of waiting) answerParked(state, parked, context);
  return 'NONE';
}

/** Only more of them: records stay where they are, and keys go elsewhere from now on. */
export function createPartitions(
  state: BrokerState,
  request: CreatePartitionsRequest,
  caller: Caller,
  context: Context,
): void {
  const response: CreatePartitionsResponse = {
    type: 'CreatePartitionsResponse',
    correlationId: request.correlationId,
    results: request.topics.map((topic) => ({
      name: topic.name,
      errorCode: addPartitions(state, topic, request.validateOnly === true, context),
    })),
  };
  context.reply(caller.connection, response);
}

type Growth = CreatePartitionsRequest['topics'][number];

function addPartitions(
  state: BrokerState,
  { name, count, assignments }: Growth,
  validateOnly: boolean,
  context: Context,
): ErrorCode {
  const topic = state.topics.get(name);
  if (!topic) return 'UNKNOWN_TOPIC_OR_PARTITION';
  const { partitions } = topic;
  if (count <= partitions.length) return 'INVALID_PARTITIONS';
  const isHere = (nodes: readonly number[]) => nodes.length === 1 && nodes[0] === state.nodeId;
  if (assignments && (assignments.length !== count - partitions.length || !assignments.every(isHere)))
    return 'INVALID_REPLICA_ASSIGNMENT';
  if (validateOnly) return 'NONE';
  const [{ config }] = partitions;
  const more = Array.from({ length: count - partitions.length }, (_, index) =>
    newPartition(state.name, name, partitions.length + index, config, context.now),
  );
  state.topics.set(name, { name, partitions: [...partitions, ...more] });
  context.emit({ is: PartitionsAdded, subject: `${state.name}/${name}`, amount: count });
  return 'NONE';
}
