/** What a node knows because it is not alone. Absent from the state of a broker that is. */
import type { ConnectionId, TimerId } from '../../../kernel/machine';
import type { Time } from '../../../kernel/time';
import type { BrokerOptions } from '../options';
import type { ClusterImage } from '../protocol/cluster';
import type { BrokerState } from '../state';
import type { Adding } from './adding';
import type { Awaited } from './awaiting';
import { controllerOf, firstImage } from './first-image';
import type { Journaled } from './journal';
import { clusterSettings, type ClusterSettings } from './settings';

/** The loop that fetches from one leader. Immutable. */
export interface Fetcher {
  /** Of the request that is on its way; null: it waits for its timer, or for something to fetch. */
  readonly correlationId: number | null;
  /** When the request is given up, or the next one is made; null: neither. */
  readonly timer: TimerId | null;
}

/** A client's request that the controller carries out. */
export interface Forwarded {
  readonly connection: ConnectionId;
}

export interface ClusterState {
  readonly controller: string;
  readonly settings: ClusterSettings;
  /** What it knows of the cluster. It is kept on disk, and may be old after a start. */
  image: ClusterImage;
  /** Of its registration in this life; null: it is not registered. */
  brokerEpoch: number | null;
  /** The latest metadata that came while it was not registered; absent: none. */
  early?: ClusterImage;
  /** By node id of the leader. */
  fetchers: ReadonlyMap<number, Fetcher>;
  /** Answers that wait for replicas, in the order of asking. */
  awaited: ReadonlyMap<number, Awaited>;
  /** By correlation id of the envelope. */
  forwarded: ReadonlyMap<number, Forwarded>;
  /** Writes that their transaction has to know of first, by correlation id of what was asked for; absent: never any. */
  adding?: ReadonlyMap<number, Adding>;
  /** What is in this node's own coordinator topics of what it coordinates, by group and by transactional id. */
  journaled: Journaled;
  /** A timer is set for markers that nobody has confirmed. */
  isReminded: boolean;
  lastCorrelationId: number;
  lastAwaited: number;
  /** When the next heartbeat goes out; null: not before the start. */
  heartbeatAt: Time | null;
}

export function newClusterState(options: BrokerOptions): ClusterState {
  return {
    controller: controllerOf(options.name),
    settings: clusterSettings(options.options ?? {}),
    image: firstImage(options),
    brokerEpoch: 1,
    ...{ fetchers: new Map(), awaited: new Map(), forwarded: new Map() },
    journaled: { groups: new Map(), transactions: new Map() },
    ...{ isReminded: false, lastCorrelationId: 0, lastAwaited: 0, heartbeatAt: null },
  };
}

/** Everything in it is replaced and never changed, but for the journal. */
export function cloneCluster(cluster: ClusterState): ClusterState {
  const { groups, transactions } = cluster.journaled;
  return { ...cluster, journaled: { groups: new Map(groups), transactions: new Map(transactions) } };
}

/** What a crash leaves: the metadata that was read. */
export function restartedClusterState(cluster: ClusterState): void {
  cluster.brokerEpoch = null;
  cluster.fetchers = new Map();
  cluster.awaited = new Map();
  cluster.forwarded = new Map();
  delete cluster.adding;
  delete cluster.early;
  cluster.journaled = { groups: new Map(), transactions: new Map() };
  cluster.isReminded = false;
  cluster.heartbeatAt = null;
}

export function nextCorrelationId(cluster: ClusterState): number {
  return ++cluster.lastCorrelationId;
}

/** Process of a node. */
export function hostOf({ image }: ClusterState, nodeId: number): string {
  return image.nodes.find((node) => node.nodeId === nodeId)!.host;
}

/** A broker that is known to have company. */
export type Clustered = BrokerState & { readonly cluster: ClusterState };

export function isClustered(state: BrokerState): state is Clustered {
  return state.cluster !== undefined;
}
