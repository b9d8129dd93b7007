import type { FactId, FactType, NewFact } from './fact';
import type { Body, MessageId } from './bodies';
import type { Random } from './random';
import type { Duration, Time } from './time';

/**
 * Anything a machine can be told. `type` names it; `step` marks it as a named step of work, the only
 * places between which a crash pin can break a process (design decision 6).
 */
export interface Tagged {
  readonly type: string;
  readonly step?: string;
}

/** First command of a part's life: at time 0 and again after every restart of its process. */
export interface Start extends Tagged {
  readonly type: 'Start';
}

/** The connection is gone: the peer crashed, refused it, or abandoned it. `peer` is "process/part". */
export interface ConnectionClosed extends Tagged {
  readonly type: 'ConnectionClosed';
  readonly connection: ConnectionId;
  readonly peer: string;
  /** The peer was down when it was asked: it has not got what was sent. */
  readonly refused?: true;
}

/** What the kernel itself may tell any part, besides what other parts and processes send. */
export type KernelCommand = Start | ConnectionClosed;

/**
 * A state machine with one door. State is owned by the kernel and changed in place; time, randomness and
 * the world come in through the context and nowhere else.
 */
export interface Machine<State, Command extends Tagged, Options = void> {
  /** "kafka.broker": broker or family, then what it is. */
  readonly kind: string;
  init(options: Options): State;
  apply(state: State, command: Command | KernelCommand, context: Context): void;
  /**
   * Another design from now on, whatever the process is doing and even while it is down: `changed` holds new values of
   * options by name. What has begun goes on as it began. A machine without this cannot be changed while it runs.
   */
  configure?(state: State, changed: Readonly<Record<string, unknown>>): void;
  /** What a crash leaves: keep the durable part, forget the rest. Called at the moment of the crash. */
  restart(state: State): void;
  /** An independent copy. Immutable parts (records, bodies, full log chunks) are shared, never copied. */
  clone(state: State): State;
}

/** A machine whose type parameters are somebody else's business. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the registry holds machines of every type
export type AnyMachine = Machine<any, any, any>;

export type TimerId = number;
/** 0 means "not on a connection". */
export type ConnectionId = number;

/** What a machine may do to the world. Handed in on every call, never kept. */
export interface Context {
  readonly now: Time;
  /** Name of the process this part belongs to. */
  readonly self: string;
  /** Name of this part in its process. */
  readonly part: string;
  /** How often this process has been started before: 0 in its first life. */
  readonly incarnation: number;
  /** Connection the present command arrived on; answer with `reply(context.connection, …)`. */
  readonly connection: ConnectionId;
  /** "process/part" the present command came from: over the network, or another part of this process. */
  readonly sender: string;
  /** The fact that led to the present command; -1 when nothing did. */
  readonly cause: FactId;
  /** How many times slower than normal this process works (1 = normal). Multiply work durations by it. */
  readonly slowness: number;
  /** One stream of random numbers per process and named source: draws of one source never shift another's. */
  random(source: string): Random;
  /**
   * The observer's notebook: lists of numbers by name, replaced and never changed in place. It outlives crashes and
   * every process shares it. Only what facts say may depend on it, never what a machine does; it is how history
   * tells a first delivery from a repeated one where no process could know.
   */
  readonly notes: Map<string, readonly number[]>;
  /** Writes history. Its cause is `fact.cause`, else `context.cause`. */
  emit(fact: NewFact): FactId;
  /** The same for what is written for every message: nothing has to be put together. −1 and '' stand for what is absent. */
  note(
    is: FactType,
    subject: string,
    message: MessageId,
    position?: number,
    group?: string,
    cause?: FactId,
    amount?: number,
  ): FactId;
  /** Stores a body once and gives it its identity for the whole run. */
  compose(body: Body): MessageId;
  body(message: MessageId): Body;
  /** Another part of this process; handled right after the present command, at the same time. */
  tell(part: string, command: Tagged): void;
  /** Another process, over the network. `to` is "process" (its first part) or "process/part". Opens a connection if none is open. */
  send(to: string, message: Tagged): void;
  /** Answers on a connection. Silently dropped when that connection is gone, as a write to a dead socket is. */
  reply(connection: ConnectionId, message: Tagged): void;
  /**
   * The same on a connection of its own, for one request and one answer: unlike what is sent, requests to one peer can
   * overtake each other. The answer arrives on the connection that is returned, and ends it.
   */
  request(to: string, message: Tagged): ConnectionId;
  /** Gives up waiting for the answer to a request. What was sent still arrives, then the peer hears ConnectionClosed. */
  abandon(request: ConnectionId): void;
  /** Closes the connection it opened to `to`: answers in flight are lost, what was sent still arrives, then the peer hears ConnectionClosed. */
  disconnect(to: string): void;
  /** A message to oneself; a crash forgets it. */
  after(delay: Duration, command: Tagged): TimerId;
  /** Removes a pending timer; does nothing when it has fired or was forgotten. */
  cancel(timer: TimerId): void;
}
