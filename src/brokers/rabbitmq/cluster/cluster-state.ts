/** What a node knows of the others, and what it is about to tell them. */
import type { ConnectionId, TimerId } from '../../../kernel/machine';
import type { Time } from '../../../kernel/time';
import type { MetadataChange } from '../metadata';
import type { ClientMethod, ServerMethod } from '../protocol';
import type { ChannelRef } from '../queue-type';
import type { BrokerState } from '../state';

export interface OtherNode {
  up: boolean;
  /** Its process has ended: what still comes is old, until it says that it has started. */
  gone: boolean;
  /** It has been silent for some time: those it leads look for another leader. */
  suspected: boolean;
  heardAt: Time;
  /** Life of its process. */
  incarnation: number;
}

/** A change of the metadata that a client asked for. They are made one after the other, in the whole cluster. */
export interface Transaction {
  readonly channel: ChannelRef;
  readonly method: ClientMethod;
  phase: 'waiting' | 'spreading';
  /** Nodes that have not got the change yet. */
  awaits: readonly number[];
  /** What the client is told once they have. */
  replies: readonly { readonly connection: ConnectionId; readonly answer: ServerMethod }[];
}

export interface Cluster {
  /** All nodes, this one too. */
  readonly nodes: readonly number[];
  readonly others: Map<number, OtherNode>;
  /** How many changes of the metadata it has seen. */
  version: number;
  /** Made by the present command, and not told yet. */
  changes: MetadataChange[];
  transactions: Transaction[];
  /** Node that was asked for the lock. */
  asked: number | null;
  /** As the node that gives the lock: to whom it has, and who waits. */
  lockedBy: number | null;
  lockQueue: readonly number[];
  tick: TimerId | null;
  /** Channels that wait for a queue that cannot be reached. */
  awaited: readonly { readonly channel: ChannelRef; readonly queue: string; readonly timer: TimerId }[];
}

export type Clustered = BrokerState & { readonly cluster: Cluster };

export function isClustered(state: BrokerState): state is Clustered {
  return state.cluster !== null;
}

/** null: there is one node. */
export function newCluster(nodes: number, self: number): Cluster | null {
  if (nodes === 1) return null;
  const all = Array.from({ length: nodes }, (_, index) => index + 1);
  return {
    nodes: all,
    others: new Map(
      all
        .filter((node) => node !== self)
        .map((node) => [node, { up: true, gone: false, suspected: false, heardAt: 0, incarnation: 0 }]),
    ),
    version: 0,
    changes: [],
    transactions: [],
    asked: null,
    lockedBy: null,
    lockQueue: [],
    tick: null,
    awaited: [],
  };
}

export function cloneCluster(cluster: Cluster | null): Cluster | null {
  if (!cluster) return null;
  return {
    ...cluster,
    others: new Map([...cluster.others].map(([node, other]) => [node, { ...other }])),
    changes: cluster.changes.slice(),
    transactions: cluster.transactions.map((transaction) => ({ ...transaction })),
  };
}

/** What a crash leaves: the others have to be found again. */
export function restartCluster(cluster: Cluster | null): void {
  if (!cluster) return;
  for (const other of cluster.others.values())
    Object.assign(other, { up: false, gone: false, suspected: false });
  Object.assign(cluster, { changes: [], transactions: [], asked: null, lockedBy: null, lockQueue: [], tick: null, awaited: [] }); // prettier-ignore
}

export function isUp({ node: self, cluster }: Pick<BrokerState, 'cluster' | 'node'>, node: number): boolean {
  return node === self || cluster?.others.get(node)?.up === true;
}

/** Nodes that are up, in order, this one too. */
export function nodesUp(state: Clustered): readonly number[] {
  return state.cluster.nodes.filter((node) => isUp(state, node));
}
