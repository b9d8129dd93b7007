/** What nodes say to each other, besides what replicas of one queue do. Every message names the node it comes from. */
import type { Tagged } from '../../../kernel/machine';
import type { MetadataChange } from '../metadata';
import type {
  ChannelRef,
  Delivery,
  Publication,
  QueueAnswer,
  QueueCall,
  QueueDefinition,
  Settlement,
} from '../queue-type';
import type { Binding, Exchange } from '../state';

interface FromNode extends Tagged {
  readonly node: number;
}

/** It has started. */
export interface NodeStarted extends FromNode {
  readonly type: 'NodeStarted';
  readonly incarnation: number;
}
/** It is up too, and knows this. */
export interface NodeIsUp extends FromNode {
  readonly type: 'NodeIsUp';
  readonly incarnation: number;
  readonly metadata: MetadataImage;
}
export interface MetadataImage {
  readonly version: number;
  readonly exchanges: readonly Exchange[];
  readonly bindings: readonly Binding[];
  readonly queues: readonly QueueDefinition[];
}
export interface NodeAlive extends FromNode {
  readonly type: 'NodeAlive';
}

/** Before it changes the metadata a node asks for the cluster's lock. */
export interface LockMessage extends FromNode {
  readonly type: 'LockWanted' | 'LockGranted' | 'LockReleased';
}
export interface MetadataChanged extends FromNode {
  readonly type: 'MetadataChanged';
  readonly changes: readonly MetadataChange[];
  readonly version: number;
  readonly wantsAnswer: boolean;
}
export interface MetadataTaken extends FromNode {
  readonly type: 'MetadataTaken';
}

/** A channel to a queue that is on another node. */
export interface ToQueue extends FromNode {
  readonly type: 'QueueAsked';
  readonly queue: string;
  readonly birth: number;
  readonly what:
    | {
        readonly type: 'Enqueue';
        readonly publication: Publication;
        readonly from: ChannelRef | null;
        readonly seq: number;
      }
    | { readonly type: 'Call'; readonly call: QueueCall; readonly from: ChannelRef }
    | {
        readonly type: 'Settle';
        readonly how: Settlement;
        readonly ids: readonly number[];
        readonly from: ChannelRef;
        readonly tag: string;
      }
    | { readonly type: 'Resume' | 'ChannelDown'; readonly from: ChannelRef };
}
/** A queue to a channel of another node. */
export interface ToChannel extends FromNode {
  readonly type: 'ChannelTold';
  readonly to: ChannelRef;
  readonly what:
    | {
        readonly type: 'Deliver';
        readonly queue: QueueDefinition;
        readonly tag: string;
        readonly delivery: Delivery;
        readonly noAck: boolean;
      }
    | { readonly type: 'Confirm' | 'Refuse'; readonly queue: string; readonly seq: number }
    | { readonly type: 'Cancelled'; readonly queue: string; readonly tag: string }
    | { readonly type: 'Answer'; readonly answer: QueueAnswer };
}

export type NodeMessage =
  NodeStarted | NodeIsUp | NodeAlive | LockMessage | MetadataChanged | MetadataTaken | ToQueue | ToChannel;

/** A node reminds itself to look after the others. */
export interface NodeTick extends Tagged {
  readonly type: 'NodeTick';
}

/** Between nodes that hold one queue; each type of queue has its own. */
export interface BetweenReplicas extends FromNode {
  readonly queue: string;
  readonly birth: number;
}
