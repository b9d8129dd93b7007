/** What the nodes of a replicated quorum queue say to each other, besides Raft. */
import type { Tagged } from '../../../kernel/machine';
import type { Origin } from '../cluster/raft-state';
import type { ChannelRef } from '../queue-type';
import type { FifoCommand, FifoReply } from './commands';
import type { QueueStatus, QuorumMessage } from './fifo-state';

/** To the leader. */
export interface QuorumCommand extends Tagged {
  readonly type: 'QuorumCommand';
  readonly command: FifoCommand;
  readonly origin: Origin | null;
}
export interface QuorumNotLeader extends Tagged {
  readonly type: 'QuorumNotLeader';
  readonly leader: number | null;
}
/** It leads. Of the channels that it knows of this node: are they still there? */
export interface QuorumLeader extends Tagged {
  readonly type: 'QuorumLeader';
  readonly channels: readonly ChannelRef[];
}
export interface QuorumEvents extends Tagged {
  readonly type: 'QuorumEvents';
  readonly events: readonly QuorumEvent[];
}
/** Of a queue to a channel. */
export type QuorumEvent =
  | { readonly type: 'Applied'; readonly channel: string; readonly seq: number; readonly reply: FifoReply }
  | { readonly type: 'Status'; readonly channel: ChannelRef; readonly status: QueueStatus }
  | {
      readonly type: 'Delivered';
      readonly channel: ChannelRef;
      readonly tag: string;
      readonly noAck: boolean;
      readonly id: number;
      readonly message: QuorumMessage;
    };
/** How many messages and consumers there are; answered with the same. */
export interface QuorumStat extends Tagged {
  readonly type: 'QuorumStat';
  readonly channel: ChannelRef;
}
export interface QuorumCounted extends Tagged {
  readonly type: 'QuorumCounted';
  readonly channel: ChannelRef;
  readonly ready: number;
  readonly consumers: number;
}

export type BetweenQuorumNodes =
  QuorumCommand | QuorumNotLeader | QuorumLeader | QuorumEvents | QuorumStat | QuorumCounted;
