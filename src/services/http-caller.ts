/** What everybody who makes HTTP calls has: calls that wait for an answer, each on a connection of its own. */
import type { MessageId } from '../kernel/bodies';
import { factType, type FactId, type FactType } from '../kernel/fact';
import type { ConnectionClosed, ConnectionId, Context, Tagged, TimerId } from '../kernel/machine';
import type { Look } from '../kernel/part';
import type { Call } from '../kernel/shape';
import type { Duration, Time } from '../kernel/time';
import { troubleOf, type HttpResponse, type Trouble } from './http-protocol';

/** A call that has no answer yet. Immutable. */
export interface OpenCall {
  /** Whose work it is part of. */
  readonly ticket: number;
  readonly to: string;
  readonly message: MessageId;
  readonly attempt: number;
  readonly since: Time;
  /** When it is given up; null: never. */
  readonly until: Time | null;
  readonly timer: TimerId;
}

export interface Caller {
  calls: Map<ConnectionId, OpenCall>;
  /** The next so many requests are sent twice. */
  duplicates: number;
}

/** The caller's own clock: it has waited long enough. */
export interface CallTimedOut extends Tagged {
  readonly type: 'CallTimedOut';
  readonly request: ConnectionId;
}

/** Fault: the next request goes out twice, as a proxy or an impatient finger would have it. */
export interface DuplicateNext extends Tagged {
  readonly type: 'DuplicateNext';
}

const Refused = factType('refused', 'ConnectionRefused');
const TimedOut = factType('timedOut', 'CallTimedOut');
const Duplicated = factType('duplicated', 'RequestDuplicated');

export function newCaller(): Caller {
  return { calls: new Map(), duplicates: 0 };
}

export function cloneCaller({ calls, duplicates }: Caller): Caller {
  return { calls: new Map(calls), duplicates };
}

interface Asked {
  readonly ticket: number;
  readonly to: string;
  readonly message: MessageId;
  readonly attempt: number;
  /** 0: waits for ever, as most clients do unless told otherwise. */
  readonly timeout: Duration;
  readonly request: Tagged;
  readonly fact: FactType;
  readonly cause: FactId;
}

/** Sends a request and begins to wait. */
export function ask(caller: Caller, asked: Asked, context: Context): void {
  const { ticket, to, message, attempt, timeout, request, fact, cause } = asked;
  context.emit({ is: fact, subject: to, message, amount: attempt, cause });
  const connection = context.request(to, request);
  const until = timeout > 0 ? context.now + timeout : null;
  const timedOut: CallTimedOut = { type: 'CallTimedOut', request: connection };
  const timer = timeout > 0 ? context.after(timeout, timedOut) : 0;
  caller.calls.set(connection, { ticket, to, message, attempt, since: context.now, until, timer });
  if (caller.duplicates === 0) return;
  caller.duplicates--;
  context.emit({ is: Duplicated, subject: to, message, amount: attempt });
  // Nobody waits for the copy: its answer finds no call.
  context.request(to, request);
}

/** The call that this connection was for, which waits no more; undefined when nobody waits for it. */
export function settled(caller: Caller, connection: ConnectionId, context: Context): OpenCall | undefined {
  const call = caller.calls.get(connection);
  if (!call) return undefined;
  caller.calls.delete(connection);
  if (call.timer !== 0) context.cancel(call.timer);
  return call;
}

/** What a message from the kernel or a peer says about an open call: whose, and what is wrong with it. */
export interface Outcome {
  readonly call: OpenCall;
  readonly trouble: Trouble | null;
  /** Process to blame. */
  readonly reason: string;
  /** The fact that says so. */
  readonly fact: FactId;
}

/** Takes an answer, a closed connection or a timeout; null when nobody waits for it. Says what went wrong as a fact. */
export function outcomeOf(
  caller: Caller,
  command: HttpResponse | ConnectionClosed | CallTimedOut,
  failed: FactType,
  context: Context,
): Outcome | null {
  const connection = command.type === 'CallTimedOut' ? command.request : context.connection;
  const call = settled(caller, connection, context);
  if (!call) return null;
  const { to, message, attempt } = call;
  const about = { subject: to, message, amount: attempt };
  if (command.type === 'CallTimedOut') {
    const fact = context.emit({ is: TimedOut, ...about });
    context.abandon(connection);
    return { call, trouble: 'timeout', reason: to, fact };
  }
  if (command.type === 'HttpResponse') {
    const { status, reason } = command;
    if (status === 200) return { call, trouble: null, reason: '', fact: context.cause };
    const fact = context.emit({ is: failed, ...about, detail: `${status} ${reason}` });
    return { call, trouble: `${status}`, reason, fact };
  }
  const trouble = troubleOf(command);
  const refused = trouble === 'connection refused';
  const fact = context.emit(refused ? { is: Refused, ...about } : { is: failed, ...about, detail: trouble });
  return { call, trouble, reason: to, fact };
}

/** How many open calls the picture names. */
const callsShown = 60;

export function describeCalls({ calls }: Caller, look: Look): Call[] {
  return [...calls.values()].slice(0, callsShown).map(({ to, message, attempt, since, until }) => ({
    ...{ to, face: look.face(message), attempt, since, until },
    state: attempt > 1 ? 'retrying' : 'waiting',
  }));
}
