/**
 * Invocations: by a caller who waits, by an event that waits, by a batch of a queue. Lambda asks the function's code and
 * waits until it answers, its timeout is over, or its process is gone; the last two are errors of the function. Code that
 * took too long is told so by the end of its connection: what it had already asked others for happens all the same.
 */
import { factType } from '../../../kernel/fact';
import type { Context } from '../../../kernel/machine';
import { toMs } from '../../../kernel/time';
import { uuidOf } from '../protocol/ids';
import { endEnvironment, releaseEnvironment, takeEnvironment, type EnvironmentReady } from './environments';
import { throttled } from './errors';
import { hasRoom } from './functions';
import type {
  FunctionErrorPayload,
  InvokeResponse,
  Json,
  LambdaEvent,
  RunInvocationRequest,
  RunInvocationResponse,
} from './protocol';
import type { Invocation, LambdaFunction, LambdaState, Origin, Outcome } from './state';

const Invoked = factType('requested', 'FunctionInvoked');
const Returned = factType('responded', 'FunctionReturned');
const Failed = factType('failed', 'FunctionFailed');
const TimedOut = factType('timedOut', 'FunctionTimedOut');
const Throttled = factType('refused', 'InvocationThrottled');

/** Reminder: the function's timeout is over. */
export interface InvocationTimedOut {
  readonly type: 'InvocationTimedOut';
  readonly invocation: number;
}

export function addressOf({ name }: LambdaState, one: { readonly name: string }): string {
  return `${name}/${one.name}`;
}

/** Begins one; false: there is no room for it. `cause`: the fact that led to it. */
export function begin(
  state: LambdaState,
  one: LambdaFunction,
  event: LambdaEvent,
  origin: Origin,
  context: Context,
  cause = context.cause,
  requestId = uuidOf('lambda request', state.lastInvocation + 1),
): boolean {
  const subject = addressOf(state, one);
  const amount = 'Records' in event ? event.Records.length : 1;
  if (!hasRoom(state, one)) {
    one.throttles++;
    context.emit({ is: Throttled, subject, amount, cause, detail: 'TooManyRequestsException' });
    return false;
  }
  const id = ++state.lastInvocation;
  const environment = takeEnvironment(state, one, id, context);
  const coldStart = environment.state === 'cold';
  const detail = coldStart ? 'cold start' : '';
  one.invocations++;
  const fact = context.emit({ is: Invoked, subject, amount, position: environment.id, cause, detail });
  const invocation: Invocation = {
    ...{ id, requestId, function: one.name, event, origin },
    ...{ environment: environment.id, coldStart, fact, connection: 0, timer: 0 },
  };
  state.invocations.set(id, invocation);
  if (!coldStart) run(state, one, invocation, context);
  return true;
}

/** A new environment has started: what it was started for runs. */
export function environmentReady(
  state: LambdaState,
  { function: name, environment: id }: EnvironmentReady,
  context: Context,
): void {
  const one = state.functions.get(name);
  const environment = one?.environments.get(id);
  const invocation = environment && state.invocations.get(environment.invocation);
  if (!one || !environment || !invocation) return;
  Object.assign(environment, { state: 'busy', since: context.now, timer: 0 });
  run(state, one, invocation, context);
}

function run(state: LambdaState, one: LambdaFunction, invocation: Invocation, context: Context): void {
  const { id, requestId, environment, coldStart, event } = invocation;
  const request: RunInvocationRequest = {
    type: 'RunInvocationRequest',
    functionName: one.name,
    ...{ requestId, environment, coldStart, event },
    deadline: context.now + one.timeout,
  };
  const timedOut: InvocationTimedOut = { type: 'InvocationTimedOut', invocation: id };
  invocation.connection = context.request(one.process, request);
  invocation.timer = context.after(one.timeout, timedOut);
  state.awaited.set(invocation.connection, { is: 'run', invocation: id });
}

/** The code has answered. */
export function ran(
  state: LambdaState,
  id: number,
  { returned, threw }: RunInvocationResponse,
  context: Context,
): readonly [Invocation, Outcome] | null {
  const invocation = ended(state, id, context);
  if (!invocation) return null;
  const one = state.functions.get(invocation.function);
  if (one) releaseEnvironment(state, one, invocation.environment, context);
  const { fact: cause, environment: position } = invocation;
  const subject = addressOf(state, { name: invocation.function });
  if (threw) {
    if (one) one.errors++;
    const detail = `${threw.errorType ?? 'Error'}: ${threw.errorMessage}`;
    context.emit({ is: Failed, subject, position, cause, detail });
    return [invocation, { is: 'failed', error: threw }];
  }
  context.emit({ is: Returned, subject, position, cause });
  return [invocation, { is: 'returned', value: returned ?? null }];
}

/** Its process has died, or was not there. */
export function died(
  state: LambdaState,
  id: number,
  context: Context,
): readonly [Invocation, Outcome] | null {
  const invocation = ended(state, id, context);
  if (!invocation) return null;
  const errorMessage = `RequestId: ${invocation.requestId} Error: Runtime exited without providing a reason`;
  return lost(state, invocation, Failed, { errorType: 'Runtime.ExitError', errorMessage }, context);
}

export function timedOut(
  state: LambdaState,
  { invocation: id }: InvocationTimedOut,
  context: Context,
): readonly [Invocation, Outcome] | null {
  const invocation = ended(state, id, context);
  if (!invocation) return null;
  context.abandon(invocation.connection);
  const timeout = state.functions.get(invocation.function)?.timeout ?? 0;
  const errorMessage = `RequestId: ${invocation.requestId} Error: Task timed out after ${(toMs(timeout) / 1000).toFixed(2)} seconds`;
  return lost(state, invocation, TimedOut, { errorType: 'Sandbox.Timedout', errorMessage }, context);
}

/** Forgets a running invocation and what it waits for. */
function ended(state: LambdaState, id: number, context: Context): Invocation | undefined {
  const invocation = state.invocations.get(id);
  if (!invocation) return undefined;
  state.invocations.delete(id);
  state.awaited.delete(invocation.connection);
  context.cancel(invocation.timer);
  return invocation;
}

/** The environment is lost with it. */
function lost(
  state: LambdaState,
  invocation: Invocation,
  is: typeof Failed,
  error: FunctionErrorPayload,
  context: Context,
): readonly [Invocation, Outcome] {
  const { environment: position, fact: cause } = invocation;
  const one = state.functions.get(invocation.function);
  if (one) {
    one.errors++;
    endEnvironment(one, position, context);
  }
  const subject = addressOf(state, { name: invocation.function });
  context.emit({ is, subject, position, cause, detail: error.errorMessage });
  return [invocation, { is: 'failed', error }];
}

/** What a caller who waited is told. */
export function responseOf(outcome: Outcome): InvokeResponse {
  if (outcome.is === 'returned') {
    return { type: 'InvokeResponse', StatusCode: 200, Payload: outcome.value as Json };
  }
  return { type: 'InvokeResponse', StatusCode: 200, FunctionError: 'Unhandled', Payload: outcome.error };
}

/** A caller waits for the result on its connection, or is told at once that there is no room. */
export function invokeNow(
  state: LambdaState,
  one: LambdaFunction,
  event: LambdaEvent,
  context: Context,
): void {
  const { connection } = context;
  if (!begin(state, one, event, { is: 'caller', connection }, context)) {
    context.reply(connection, throttled.response);
  }
}
