/** What a Java share consumer knows: its membership, its sessions with leaders, and the records in the program's hands. */
import type { Handled, HandlingFailed } from '../../kernel/delivery';
import type { MessageId } from '../../kernel/bodies';
import type { FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import type { KafkaResponse } from '../../brokers/kafka/protocol';
import type { Call, Caller } from './calls';
import { cloneNetwork, newNetwork, type Network, type RequestTimedOut } from './connection';
import type { Thrown } from './exceptions';
import { cloneMetadata, newMetadata, type Metadata } from './metadata';
import type { ShareOptions } from './share-options';

export interface Spot {
  readonly topic: string;
  readonly partition: number;
}

/** As the protocol numbers them; 0 is a gap. */
export const accept = 1;
export const release = 2;
export const reject = 3;
export const renew = 4;

/** What a program calls. */
export type ShareCalling =
  | { readonly is: 'subscribe'; readonly topics: readonly string[] }
  /** Microseconds. */
  | { readonly is: 'poll'; readonly timeout: number }
  | { readonly is: 'acknowledge'; readonly spot: Spot & { readonly offset: number }; readonly type: number }
  | { readonly is: 'commitSync' | 'close' };

/** A record that was polled and has not been acknowledged, or not been told of. Immutable. */
export interface Held extends Spot {
  readonly offset: number;
  readonly message: MessageId;
  readonly timestamp: Time;
  readonly isTombstone: boolean;
  readonly deliveryCount: number;
  /** The fact that it was written. */
  readonly cause: FactId;
  /** Who handed it out, and is to be told. */
  readonly host: string;
  /** What the program said of it last; null: nothing. */
  readonly type: number | null;
}

/** What became of one record, on its way to the leader that handed it out. */
export interface Acknowledged extends Spot {
  readonly offset: number;
  readonly host: string;
  readonly type: number;
}

/** Acknowledgements that go by themselves (commitAsync, commitSync, close), to one leader. Immutable. */
export interface Commit {
  readonly id: number;
  readonly is: 'async' | 'sync' | 'close';
  readonly host: string;
  readonly acknowledged: readonly Acknowledged[];
  readonly isSent: boolean;
}

/** What one answer brought of a partition, and no poll has taken (ShareCompletedFetch). Immutable. */
export interface Brought {
  /** In producers' batches, as they were written. */
  readonly batches: readonly (readonly Held[])[];
  /** Offsets that were handed out and hold no record. */
  readonly gaps: readonly Acknowledged[];
}

export interface ShareSession {
  /** Of the next request; 0: it begins anew. */
  readonly epoch: number;
  readonly spots: readonly Spot[];
}

export interface ShareMember {
  readonly memberId: string;
  readonly epoch: number;
  /** 'out': it has not subscribed. 'gone': it did not poll for too long; the next poll joins again. */
  readonly is: 'out' | 'joining' | 'in' | 'leaving' | 'gone';
  /** The next heartbeat. */
  readonly beatAt: Time;
  /** What the coordinator was told of; null: nothing. */
  readonly told: string | null;
  readonly failures: number;
}

/** A call that waits. Immutable. */
export interface ShareAsking {
  readonly caller: Caller;
  readonly call: ShareCalling;
  readonly until: Time;
  /** Of commitSync: by partition, null or what went wrong. */
  readonly outcomes: Readonly<Record<string, string | null>>;
  /** Of close: it has said goodbye to its leaders. */
  readonly isLeaving: boolean;
}

/** A consumer with a handler: the record in its hands, and how many are left. */
export interface ShareLoop {
  readonly ticket: number;
  readonly isBusy: boolean;
}

export interface ShareConsumer {
  readonly options: ShareOptions;
  network: Network;
  metadata: Metadata;
  coordinator: { readonly host: string | null; readonly isAsked: boolean; readonly notBefore: Time };
  member: ShareMember;
  subscribed: readonly string[];
  assigned: readonly Spot[];
  /** By host. */
  sessions: ReadonlyMap<string, ShareSession>;
  /** A poll wants records, until some come. */
  wantsRecords: boolean;
  brought: readonly Brought[];
  held: readonly Held[];
  gaps: readonly Acknowledged[];
  /** Renewed, and not yet given again. */
  renewed: readonly Held[];
  /** Told to be renewed, until it is known whether they were. */
  renewing: readonly Held[];
  /** They go with the next fetch. */
  piggyback: readonly Acknowledged[];
  commits: readonly Commit[];
  lastCommit: number;
  /** Thrown by the next poll; null: nothing. */
  failure: Thrown | null;
  asking: ShareAsking | null;
  /** The coordinator gives it up unless somebody polls until then. */
  pollUntil: Time;
  loop: ShareLoop;
  isClosed: boolean;
  wake: { readonly timer: number; readonly at: Time } | null;
}

/** The consumer's own reminder to look again. */
export interface ShareWake {
  readonly type: 'ShareWake';
}

export type ShareCommand =
  Call<ShareCalling> | Handled | HandlingFailed | ShareWake | RequestTimedOut | KafkaResponse;

export function newShareConsumer(options: ShareOptions): ShareConsumer {
  return {
    options,
    network: newNetwork(options),
    metadata: newMetadata(options.broker),
    coordinator: { host: null, isAsked: false, notBefore: 0 },
    member: { memberId: '', epoch: 0, is: 'out', beatAt: 0, told: null, failures: 0 },
    ...{ subscribed: [], assigned: [], sessions: new Map(), wantsRecords: false, brought: [] },
    ...{ held: [], gaps: [], renewed: [], renewing: [], piggyback: [], commits: [], lastCommit: 0 },
    ...{ failure: null, asking: null, pollUntil: Infinity, isClosed: false, wake: null },
    loop: { ticket: 0, isBusy: false },
  };
}

/** All but the network is replaced and never changed in place. */
export function cloneShareConsumer(state: ShareConsumer): ShareConsumer {
  return { ...state, network: cloneNetwork(state.network), metadata: cloneMetadata(state.metadata) };
}

export function spotName({ partition, topic }: Spot): string {
  return `${topic}-${partition}`;
}

export function isSameRecord(
  a: Spot & { readonly offset: number },
  b: Spot & { readonly offset: number },
): boolean {
  return a.offset === b.offset && a.partition === b.partition && a.topic === b.topic;
}
