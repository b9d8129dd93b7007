/**
 * Calls as the AWS SDK makes them: each a request of its own, tried again in the standard retry mode when the connection
 * failed, the service failed or was too busy (@smithy/core submodules/retry: three attempts, full jitter on 50 ms, of
 * throttles on one second, doubled each time, at most 20 s). Left out: the budget of retries a client has.
 */
import type { ErrorResponse } from '../../brokers/aws/protocol/common';
import type { ConnectionId, Context, KernelCommand, Tagged, TimerId } from '../../kernel/machine';
import { ms, seconds, type Duration } from '../../kernel/time';

/** A call that is not settled. `purpose` is whatever its caller wants to know again. */
interface Call<Purpose> {
  readonly id: number;
  readonly to: string;
  readonly request: Tagged;
  readonly purpose: Purpose;
  attempts: number;
  /** 0: between two attempts. */
  connection: ConnectionId;
  /** The next attempt, or the end of patience with this one; 0: none. */
  timer: TimerId;
}

/** The calls of one client. */
export interface Calls<Purpose> {
  calls: Map<number, Call<Purpose>>;
  byConnection: Map<ConnectionId, number>;
  lastCall: number;
}

export interface CallOptions {
  readonly maxAttempts: number;
  /** 0: it waits for ever, as the SDK does unless told otherwise. */
  readonly requestTimeout: Duration;
}

/** How a call ended. */
export type Settled<Purpose> = { readonly purpose: Purpose } & (
  | { readonly is: 'answered'; readonly answer: Tagged }
  | { readonly is: 'failed'; readonly code: string; readonly message: string }
);

/** Reminder: try again. */
export interface RetryCall {
  readonly type: 'RetryCall';
  readonly call: number;
}
/** Reminder: no answer for too long. */
export interface CallTimedOut {
  readonly type: 'CallTimedOut';
  readonly call: number;
}

const throttles = ['RequestThrottled', 'ThrottlingException', 'TooManyRequestsException', 'OverLimit'];
const transientStatus = [500, 502, 503, 504];
const base = { throttled: seconds(1), transient: ms(50) };
const waitMax = seconds(20);

export function noCalls<Purpose>(): Calls<Purpose> {
  return { calls: new Map(), byConnection: new Map(), lastCall: 0 };
}

export function cloneCalls<Purpose>(calls: Calls<Purpose>): Calls<Purpose> {
  return {
    calls: new Map([...calls.calls].map(([id, call]) => [id, { ...call }])),
    byConnection: new Map(calls.byConnection),
    lastCall: calls.lastCall,
  };
}

export function call<Purpose>(
  calls: Calls<Purpose>,
  options: CallOptions,
  to: string,
  request: Tagged,
  purpose: Purpose,
  context: Context,
): void {
  const id = ++calls.lastCall;
  const made: Call<Purpose> = { id, to, request, purpose, attempts: 0, connection: 0, timer: 0 };
  calls.calls.set(id, made);
  attempt(calls, options, made, context);
}

function attempt<Purpose>(
  calls: Calls<Purpose>,
  { requestTimeout }: CallOptions,
  made: Call<Purpose>,
  context: Context,
): void {
  made.attempts++;
  made.connection = context.request(made.to, made.request);
  calls.byConnection.set(made.connection, made.id);
  const timedOut: CallTimedOut = { type: 'CallTimedOut', call: made.id };
  made.timer = requestTimeout === 0 ? 0 : context.after(requestTimeout, timedOut);
}

/** What a command means for the calls: one that is settled by it, or null (also where it is for nobody here). */
export function hearCalls<Purpose>(
  calls: Calls<Purpose>,
  options: CallOptions,
  command: Tagged | KernelCommand,
  context: Context,
): Settled<Purpose> | null {
  switch (command.type) {
    case 'RetryCall': {
      const made = calls.calls.get((command as RetryCall).call);
      if (made) attempt(calls, options, made, context);
      return null;
    }
    case 'CallTimedOut': {
      const made = calls.calls.get((command as CallTimedOut).call);
      if (!made || made.connection === 0) return null;
      context.abandon(made.connection);
      answeredOn(calls, made.connection, context);
      return failed(calls, options, made, 'TimeoutError', 'the request timed out', 'transient', context);
    }
    case 'ConnectionClosed': {
      const made = answeredOn(calls, (command as { connection: ConnectionId }).connection, context);
      if (!made) return null;
      return failed(calls, options, made, 'ECONNRESET', 'the connection was closed', 'transient', context);
    }
    default: {
      const made = answeredOn(calls, context.connection, context);
      if (!made) return null;
      if (command.type !== 'ErrorResponse') return settle(calls, made, { is: 'answered', answer: command });
      const { code, message, httpStatus } = command as ErrorResponse;
      const isThrottle = httpStatus === 429 || throttles.includes(code);
      const kind = isThrottle ? 'throttled' : transientStatus.includes(httpStatus) ? 'transient' : null;
      return failed(calls, options, made, code, message, kind, context);
    }
  }
}

/** The call whose attempt is over. */
function answeredOn<Purpose>(
  { calls, byConnection }: Calls<Purpose>,
  connection: ConnectionId,
  context: Context,
): Call<Purpose> | undefined {
  const id = byConnection.get(connection);
  if (id === undefined) return undefined;
  byConnection.delete(connection);
  const made = calls.get(id);
  if (!made) return undefined;
  if (made.timer !== 0) context.cancel(made.timer);
  Object.assign(made, { connection: 0, timer: 0 });
  return made;
}

/** `kind` null: trying again is of no use. */
function failed<Purpose>(
  calls: Calls<Purpose>,
  { maxAttempts }: CallOptions,
  made: Call<Purpose>,
  code: string,
  message: string,
  kind: keyof typeof base | null,
  context: Context,
): Settled<Purpose> | null {
  if (kind === null || made.attempts >= maxAttempts) {
    return settle(calls, made, { is: 'failed', code, message });
  }
  let limit = base[kind];
  for (let doubled = 1; doubled < made.attempts; doubled++) limit = Math.min(limit * 2, waitMax);
  const retry: RetryCall = { type: 'RetryCall', call: made.id };
  made.timer = context.after(Math.floor(context.random('retry').unit() * limit), retry);
  return null;
}

function settle<Purpose>(
  { calls }: Calls<Purpose>,
  { id, purpose }: Call<Purpose>,
  how:
    | { readonly is: 'answered'; readonly answer: Tagged }
    | { readonly is: 'failed'; readonly code: string; readonly message: string },
): Settled<Purpose> {
  calls.delete(id);
  return { purpose, ...how };
}
