/**
 * What a program calls on a consumer, one call at a time, and what it is answered. Calls that only look at what the consumer
 * knows, or change it, are answered at once; the others wait for answers of brokers, until they have waited too long.
 */
import type { KafkaResponse } from '../../brokers/kafka/protocol';
import type { Handled, HandlingFailed } from '../../kernel/delivery';
import type { Tagged } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { RebalanceEvent } from './api';
import type { Call } from './calls';
import type { Offsets } from './consumer-commit';
import type { Polled } from './consumer-fetch';

interface Place {
  readonly topic: string;
  readonly partition: number;
}

export type Calling =
  | { readonly is: 'subscribe'; readonly topics: readonly string[] }
  | { readonly is: 'assign'; readonly places: readonly Place[] }
  | { readonly is: 'seek'; readonly place: Place; readonly offset: number }
  | { readonly is: 'seekToBeginning'; readonly places: readonly Place[] }
  | { readonly is: 'pause' | 'resume'; readonly places: readonly Place[] }
  | { readonly is: 'assignment' | 'rebalances' | 'groupMetadata' }
  /** Microseconds. */
  | { readonly is: 'poll'; readonly timeout: number }
  /** null: of everything that was polled. */
  | { readonly is: 'commitSync'; readonly offsets: Offsets | null }
  | { readonly is: 'committed' | 'position'; readonly place: Place }
  | { readonly is: 'close' };

export type Result =
  | null
  | number
  | readonly string[]
  | readonly Polled[]
  | readonly RebalanceEvent[]
  | { readonly generationId: number; readonly memberId: string };

/** The process stands still for so long (SIGSTOP, SIGCONT): what comes meanwhile waits. Microseconds. */
export interface Stall extends Tagged {
  readonly type: 'Stall';
  readonly duration: number;
}

/** A call that waits. */
export interface Asking {
  readonly call: Calling;
  readonly ticket: number;
  /** '': the consumer itself, for its handler. */
  readonly replyTo: string;
  readonly until: Time;
  /** A failed attempt is not repeated before. */
  readonly retryAt: Time;
  /** Of commitSync, committed, close: how far it is. */
  readonly stage: 'due' | 'waiting' | 'done' | 'leaving';
  /** What it commits. */
  readonly offsets: Offsets;
  /** What came of it. */
  readonly result: Result;
}

/** The consumer looks at its clocks. */
export interface LookAtClocks extends Tagged {
  readonly type: 'LookAtClocks';
}

/** Positions of a group's members are moved by hand. −2: the beginning, −1: the end. Default: everything it has. */
export interface Seek extends Tagged {
  readonly type: 'Seek';
  readonly topic?: string | null;
  readonly partition?: number | null;
  readonly offset: number;
}

/** Of a consumer with a handler: it polls on, and is given nothing; again; it closes. */
export interface Steer extends Tagged {
  readonly type: 'Pause' | 'Resume' | 'Stop';
}

/** Named step: the commit goes out. */
export interface CommitOffsets extends Tagged {
  readonly type: 'CommitOffsets';
  readonly step: 'commit';
}

/** Named step: the commit is known to be done. */
export interface OffsetsCommitted extends Tagged {
  readonly type: 'OffsetsCommitted';
  readonly step: 'committed';
}

export type ConsumerCommand =
  | KafkaResponse
  | Call<Calling>
  | Stall
  | LookAtClocks
  | Seek
  | Steer
  | CommitOffsets
  | OffsetsCommitted
  | Handled
  | HandlingFailed;
