/** A coordinator's answers when it is none, or could not keep what it was told: each kind of answer has its own place for that. */
import type { ErrorCode, KafkaRequest, KafkaResponse, Response } from '../protocol';

/** The answer to a request that is not carried out. */
export function refusalOf(request: KafkaRequest, errorCode: ErrorCode): Response {
  const { correlationId } = request;
  switch (request.type) {
    case 'OffsetCommitRequest':
    case 'TxnOffsetCommitRequest':
      return {
        ...{ type: request.type.replace('Request', 'Response'), correlationId },
        topics: request.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
        })),
      } as Response;
    case 'AddPartitionsToTxnRequest':
      return {
        ...{ type: 'AddPartitionsToTxnResponse', correlationId },
        results: request.topics.map(({ name, partitions }) => ({
          name,
          results: partitions.map((partitionIndex) => ({ partitionIndex, errorCode })),
        })),
      } as Response;
    case 'DescribeGroupsRequest':
      return {
        ...{ type: 'DescribeGroupsResponse', correlationId },
        groups: request.groups.map((groupId) => ({
          ...{ errorCode, groupId, groupState: '', protocolType: '', protocolData: '', members: [] },
        })),
      } as Response;
    case 'DeleteGroupsRequest':
      return {
        ...{ type: 'DeleteGroupsResponse', correlationId },
        results: request.groupsNames.map((groupId) => ({ groupId, errorCode })),
      } as Response;
    case 'ConsumerGroupHeartbeatRequest':
      return {
        ...{ type: 'ConsumerGroupHeartbeatResponse', correlationId, errorCode, memberId: '' },
        ...{ memberEpoch: 0, heartbeatIntervalMs: 0, assignment: null },
      };
    case 'ConsumerGroupDescribeRequest':
      return {
        ...{ type: 'ConsumerGroupDescribeResponse', correlationId },
        groups: request.groupIds.map((groupId) => ({ errorCode, groupId, groupState: '', members: [] })),
      } as Response;
    case 'ShareGroupDescribeRequest':
      return {
        ...{ type: 'ShareGroupDescribeResponse', correlationId },
        groups: request.groupIds.map((groupId) => ({ errorCode, groupId, groupState: '', members: [] })),
      } as Response;
    case 'DescribeShareGroupOffsetsRequest':
      return {
        ...{ type: 'DescribeShareGroupOffsetsResponse', correlationId },
        groups: request.groups.map(({ groupId }) => ({ errorCode, groupId, topics: [] })),
      } as Response;
    case 'OffsetFetchRequest':
      return { type: 'OffsetFetchResponse', correlationId, errorCode, topics: [] } as Response;
    default:
      return {
        ...{ type: request.type.replace('Request', 'Response'), correlationId, errorCode },
        ...{ generationId: -1, protocolName: '', leader: '', memberId: '', members: [], assignment: {} },
        ...{ producerId: -1, producerEpoch: -1 },
      };
  }
}

/** The same answer with an error in the place of what it says. */
export function withError(response: Response, errorCode: ErrorCode): Response {
  const answer = response as KafkaResponse;
  switch (answer.type) {
    case 'OffsetCommitResponse':
    case 'TxnOffsetCommitResponse':
      return Object.assign(
        { ...answer },
        {
          topics: answer.topics.map(({ name, partitions }) => ({
            name,
            partitions: partitions.map((each) => ({ ...each, errorCode })),
          })),
        },
      );
    case 'AddPartitionsToTxnResponse':
      return {
        ...answer,
        results: answer.results.map(({ name, results }) => ({
          name,
          results: results.map((each) => ({ ...each, errorCode })),
        })),
      } as Response;
    case 'DeleteGroupsResponse':
      return { ...answer, results: answer.results.map((each) => ({ ...each, errorCode })) } as Response;
    default:
      return Object.assign({ ...answer }, { errorCode });
  }
}
