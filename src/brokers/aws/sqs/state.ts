/** What SQS keeps. It is durable but for polls that wait: they go with their connections. */
import type { FactId } from '../../../kernel/fact';
import type { ConnectionId, TimerId } from '../../../kernel/machine';
import type { MessageId } from '../../../kernel/bodies';
import type { Time } from '../../../kernel/time';
import type { Settings } from './attributes';
import { cloneHeap, type Heap } from './heap';
import type { Entry } from './message';
import type { MoveTask } from './move-task';
import type { Setup } from './options';
import type { ReceiveMessageRequest } from './protocol';
import { cloneRanks, type Ranks } from './ranks';
import type { Shelf } from './shelf';
import type { Usage } from './usage';

export interface SqsState {
  /** Process: first part of addresses. */
  readonly name: string;
  setup: Setup;
  readonly queues: Map<string, Queue>;
  /** Names that may not be used again yet, and when they were deleted. */
  readonly deleted: Map<string, Time>;
  /** Queues on which a connection waits for messages. */
  readonly waiting: Map<ConnectionId, string>;
  /** The oldest first. */
  tasks: MoveTask[];
  /** Queues in which something became available during this command: whoever waits there is served after it. */
  readonly awake: Set<string>;
  /** How many queues were ever made. */
  made: number;
}

/** Messages of a FIFO queue with one MessageGroupId, in order. */
export interface Group {
  readonly name: string;
  /** Sequence numbers; those of messages that are gone stay until they are come upon. */
  items: number[];
  /** Index of the first that is there. */
  head: number;
  count: number;
}

/** Messages of a standard queue with one MessageGroupId (fair queues). */
export interface Tenant {
  readonly name: string;
  inFlight: number;
  /** Available and delayed. */
  backlog: number;
  lastSentAt: Time;
  /** Of a noisy neighbour: its messages, apart from everybody else's. */
  ranks: Ranks | null;
}

/** A receive that waits (long polling). */
export interface Waiter {
  readonly connection: ConnectionId;
  readonly request: ReceiveMessageRequest;
  readonly process: string;
  readonly until: Time;
  readonly timer: TimerId;
}

/** What a ReceiveRequestAttemptId was answered with. */
export interface Attempt {
  readonly until: Time;
  readonly given: readonly { readonly sequence: number; readonly receives: number; readonly until: Time }[];
}

/** What a deduplication id stands for. */
export interface Original {
  readonly until: Time;
  readonly sequence: number;
  readonly id: string;
}

export interface Queue {
  readonly name: string;
  readonly address: string;
  /** Unlike the name, never used again. */
  readonly uid: number;
  readonly isFifo: boolean;
  /** Names of its streams of random numbers. */
  readonly chance: {
    readonly order: string;
    readonly hosts: string;
    readonly groups: string;
    readonly copies: string;
  };
  readonly createdAt: Time;
  modifiedAt: Time;
  readonly attributes: Map<string, string>;
  settings: Settings;
  /** A change of DeduplicationScope that has not taken effect. */
  scopeBefore: { readonly scope: Settings['scope']; readonly until: Time } | null;
  readonly tags: Map<string, string>;
  messages: Shelf<Entry>;
  next: number;
  /** How many messages were sent to it: its message ids go on after a purge. */
  sent: number;
  available: number;
  inFlight: number;
  delayed: number;
  /** Counts the times that messages became available. */
  order: number;
  ranks: Ranks;
  readonly tenants: Map<string, Tenant>;
  readonly groups: Map<string, Group>;
  /** First messages of groups that may be served, by their order; some may be served no more. */
  readonly ready: Heap;
  /** When messages become available (again), by sequence; some may have been changed since. */
  readonly clock: Heap;
  alarm: { readonly timer: TimerId; readonly at: Time } | null;
  /** No message's retention ends before. */
  expiresAt: Time;
  /** Messages came from elsewhere, so that they do not end in the order of their sequence. */
  hasForeign: boolean;
  waiters: Waiter[];
  readonly originals: Map<string, Original>;
  readonly attempts: Map<string, Attempt>;
  readonly usage: Map<string, Usage>;
  /** Calls of each action in the second that began at `since`. */
  readonly calls: { since: Time; readonly count: Map<string, number> };
  purgedAt: Time | null;
  /** The approximate numbers as they were last counted. */
  counted: { readonly at: Time; readonly numbers: readonly number[] } | null;
  left: {
    readonly message: MessageId;
    readonly reason: 'redriven' | 'expired' | 'duplicate';
    readonly at: Time;
  } | null;
}

/** Where a message comes into being in a queue, or comes to from another. */
export type Origin = Pick<Entry, 'enqueuedAt' | 'source' | 'receives' | 'firstReceivedAt'> & {
  readonly fact: FactId;
};

export function cloneState(state: SqsState): SqsState {
  return {
    ...state,
    queues: new Map([...state.queues].map(([name, queue]) => [name, cloneQueue(queue)])),
    deleted: new Map(state.deleted),
    waiting: new Map(state.waiting),
    tasks: state.tasks.map((task) => ({ ...task })),
    awake: new Set(state.awake),
  };
}

function cloneQueue(queue: Queue): Queue {
  return {
    ...queue,
    attributes: new Map(queue.attributes),
    tags: new Map(queue.tags),
    messages: queue.messages.clone(),
    ranks: cloneRanks(queue.ranks),
    tenants: copied(queue.tenants, (one) => ({ ...one, ranks: one.ranks && cloneRanks(one.ranks) })),
    groups: copied(queue.groups, (one) => ({ ...one, items: one.items.slice() })),
    ready: cloneHeap(queue.ready),
    clock: cloneHeap(queue.clock),
    waiters: queue.waiters.slice(),
    originals: new Map(queue.originals),
    attempts: new Map(queue.attempts),
    usage: copied(queue.usage, (one) => ({ ...one })),
    calls: { since: queue.calls.since, count: new Map(queue.calls.count) },
  };
}

function copied<Value>(map: ReadonlyMap<string, Value>, copy: (value: Value) => Value): Map<string, Value> {
  const result = new Map<string, Value>();
  for (const [name, value] of map) result.set(name, copy(value));
  return result;
}
