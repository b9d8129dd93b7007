/** What a consumer of a queue holds: messages in hand, and calls that are under way. */
import type { ReceivedMessage } from '../../brokers/aws/sqs/protocol';
import type { TimerId } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Time } from '../../kernel/time';
import { cloneCalls, noCalls, type Calls } from './calls';
import { readConsumerOptions, type ConsumerOptions } from './options';

/** A message in hand, by a number of its own. */
export interface Held {
  readonly id: number;
  readonly message: ReceivedMessage;
  /** Which receive brought it. */
  readonly receive: number;
}

/** What is left of a receive whose messages are deleted together. */
export interface Receive {
  readonly id: number;
  open: number;
  /** Handled, not deleted. */
  done: readonly Held[];
  failed: boolean;
}

/** What a call is for. */
export type Purpose =
  | { readonly is: 'receive' }
  | { readonly is: 'delete'; readonly held: readonly Held[] }
  | { readonly is: 'hide' };

export interface Consumer {
  given: GivenOptions;
  options: ConsumerOptions;
  calls: Calls<Purpose>;
  /** A call is under way, or the next one waits for a while after a failure. */
  receiving: boolean;
  paused: boolean;
  stopped: boolean;
  /** Received, not handed over. */
  queued: readonly Held[];
  /** With the handler, by ticket (the number in hand). */
  working: Map<number, Held>;
  receives: Map<number, Receive>;
  /** With the handler, and deleted already. */
  deletedFirst: Set<number>;
  /** Deletions that are not answered: handled messages that a crash would repeat, and since when the first goes on. */
  deleting: readonly Held[];
  deletingSince: Time;
  /** 0: none. */
  heartbeat: TimerId;
  lastReceive: number;
  lastHeld: number;
}

export function newConsumer(given: GivenOptions): Consumer {
  return {
    given,
    options: readConsumerOptions(given),
    calls: noCalls(),
    receiving: false,
    paused: false,
    stopped: false,
    queued: [],
    working: new Map(),
    receives: new Map(),
    deletedFirst: new Set(),
    deleting: [],
    deletingSince: 0,
    heartbeat: 0,
    lastReceive: 0,
    lastHeld: 0,
  };
}

export function cloneConsumer(state: Consumer): Consumer {
  return {
    ...state,
    calls: cloneCalls(state.calls),
    working: new Map(state.working),
    deletedFirst: new Set(state.deletedFirst),
    receives: new Map([...state.receives].map(([id, receive]) => [id, { ...receive }])),
  };
}

/** Everything that is hidden on its behalf. */
export function inHand({ queued, working }: Consumer): readonly Held[] {
  return [...working.values(), ...queued];
}
