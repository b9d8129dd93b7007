/** What a broker is asked about share groups, and reminds itself of. A node of a cluster has none: see share-fetch.ts. */
import type { Context } from '../../../kernel/machine';
import type {
  DescribeShareGroupOffsetsRequest,
  ShareAcknowledgeRequest,
  ShareFetchRequest,
  ShareGroupDescribeRequest,
  ShareGroupHeartbeatRequest,
} from '../protocol';
import { refusalOf } from '../cluster/refusal';
import type { BrokerState } from '../state';
import type { Caller } from '../turns';
import { describeShareGroups, describeShareOffsets } from './admin';
import { shareGroupHeartbeat } from './heartbeat';
import { locksRunOut, type LocksRunOut } from './locks';
import { shareAcknowledge } from './share-acknowledge';
import { shareFetch, shareFetchExpired, wakeShareFetches, type ShareFetchExpired } from './share-fetch';

export type ShareTimer = LocksRunOut | ShareFetchExpired;

export function handleShare(
  state: BrokerState,
  request:
    | ShareGroupHeartbeatRequest
    | ShareGroupDescribeRequest
    | ShareFetchRequest
    | ShareAcknowledgeRequest
    | DescribeShareGroupOffsetsRequest,
  caller: Caller,
  context: Context,
): void {
  if (state.cluster) return context.reply(caller.connection, refusalOf(request, 'UNSUPPORTED_VERSION'));
  switch (request.type) {
    case 'ShareGroupHeartbeatRequest':
      return shareGroupHeartbeat(state, request, caller, context);
    case 'ShareGroupDescribeRequest':
      return describeShareGroups(state, request, caller, context);
    case 'ShareFetchRequest':
      return shareFetch(state, request, caller, context);
    case 'ShareAcknowledgeRequest':
      return shareAcknowledge(state, request, caller, context);
    case 'DescribeShareGroupOffsetsRequest':
      return describeShareOffsets(state, request, caller, context);
  }
}

export function remindOfShare(state: BrokerState, command: ShareTimer, context: Context): void {
  if (command.type === 'ShareFetchExpired') return shareFetchExpired(state, command, context);
  if (locksRunOut(state, command, context)) wakeShareFetches(state, context);
}
