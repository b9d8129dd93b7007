/** Groups as the library describes them. */
import type { GroupDescription } from 'kafkajs';
import type { Assignment } from '../../brokers/kafka/protocol';
import { bytesOf } from '../bytes';
import { check, type Cluster } from './cluster';

/**
 * In the order asked for. Member metadata and assignment are bytes in the library, for `AssignerProtocol` to decode;
 * here they hold the same as JSON, which this facade's AssignerProtocol reads.
 */
export async function describeGroups(
  cluster: Cluster,
  groupIds: readonly string[],
): Promise<GroupDescription[]> {
  const descriptions: GroupDescription[] = [];
  for (const groupId of groupIds) {
    const host = await cluster.coordinator(groupId, 0);
    const { groups } = await cluster.ask(
      'DescribeGroupsResponse',
      { type: 'DescribeGroupsRequest', groups: [groupId] },
      host,
    );
    for (const { errorCode, groupState, protocolType, protocolData, members } of groups) {
      check(errorCode);
      descriptions.push({
        errorCode: 0,
        ...{ groupId, protocol: protocolData, protocolType, state: groupState as GroupDescription['state'] },
        members: members.map(({ memberId, clientId, clientHost, topics, assignment }) => ({
          ...{ memberId, clientId, clientHost },
          memberMetadata: bytesOf(JSON.stringify({ version: 1, topics })),
          memberAssignment: bytesOf(JSON.stringify({ version: 1, assignment })),
        })),
      } as GroupDescription);
    }
  }
  return descriptions;
}

/** The library's `AssignerProtocol`, for what `describeGroups` gives. */
export const AssignerProtocol = {
  MemberMetadata: {
    decode: (bytes: Uint8Array) => decoded<{ version: number; topics: string[] }>(bytes),
  },
  MemberAssignment: {
    decode: (bytes: Uint8Array) => decoded<{ version: number; assignment: Assignment }>(bytes),
  },
};

function decoded<What extends object>(bytes: Uint8Array): What & { readonly userData: Uint8Array } {
  return { ...(JSON.parse(new TextDecoder().decode(bytes)) as What), userData: bytesOf('') };
}
