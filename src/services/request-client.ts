/**
 * Asks another process until it answers. A request without an answer is sent again, so one that was carried out all
 * the same is carried out twice, unless something in it lets the other side see that it was.
 */
import { factType } from '../kernel/fact';
import type { Context, Tagged, TimerId } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { OptionSpec } from '../kernel/part';
import { ms, type Duration, type Time } from '../kernel/time';
import type { OnBehalf } from './store-protocol';

/** What can be asked: the answer carries the same ticket. */
export interface Request extends Tagged, OnBehalf {
  readonly ticket: number;
}

/** Requests of one part to one other process. */
export interface RequestClient {
  readonly to: string;
  readonly retryAfter: Duration;
  readonly timeout: Duration;
  /** What has no answer yet. */
  open: readonly Call[];
  lastTicket: number;
}

/** Immutable. */
export interface Call {
  readonly request: Request;
  readonly since: Time;
  readonly failures: number;
  /** 0: it waits to be sent again. */
  readonly timer: TimerId;
}

/** The client's own reminders: send it again; it has waited long enough for an answer. */
export interface AskAgain {
  readonly type: 'AskAgain';
  readonly to: string;
  readonly ticket: number;
}
export interface AskTimedOut {
  readonly type: 'AskTimedOut';
  readonly to: string;
  readonly ticket: number;
}

const WriteFailed = factType('failed', 'WriteFailed');

/** Options of whoever writes to a store. */
export const storeOption: OptionSpec = {
  name: 'store',
  type: 'string',
  default: 'store',
  unit: '',
  source: 'process it writes to',
  takes: 'restart',
};
export const requestOptions: readonly OptionSpec[] = [
  waiting('retryAfterMs', 200, 'wait before a failed write is tried again'),
  waiting(
    'timeoutMs',
    5000,
    'wait for the store before the connection is given up and the write tried again',
  ),
];

export function newRequestClient(to: string, given: GivenOptions): RequestClient {
  const read = optionReader(requestOptions, given);
  const retryAfter = ms(read.number('retryAfterMs'));
  return { to, retryAfter, timeout: ms(read.number('timeoutMs')), open: [], lastTicket: 0 };
}

/** Sends a request under a new ticket, which is returned. */
export function ask<What extends Request>(
  client: RequestClient,
  what: Omit<What, 'ticket' | keyof OnBehalf>,
  { message, group, position, cause }: OnBehalf,
  context: Context,
): number {
  const ticket = ++client.lastTicket;
  const request = { ...what, ticket, message, group, position, cause } as unknown as Request;
  const call = send(client, { request, since: context.now, failures: 0, timer: 0 }, context);
  client.open = [...client.open, call];
  return ticket;
}

/** The answer with this ticket has come: true if somebody has waited for it, who does so no longer. */
export function answered(client: RequestClient, ticket: number, context: Context): boolean {
  const call = client.open.find(({ request }) => request.ticket === ticket);
  if (!call) return false;
  if (call.timer !== 0) context.cancel(call.timer);
  client.open = client.open.filter((other) => other !== call);
  return true;
}

export function askAgain(client: RequestClient, ticket: number, context: Context): void {
  const call = client.open.find(({ request }) => request.ticket === ticket);
  if (call) replace(client, call, send(client, call, context));
}

export function askTimedOut(client: RequestClient, ticket: number, context: Context): void {
  if (!client.open.some(({ request }) => request.ticket === ticket)) return;
  // what else is on this connection is lost with it
  context.disconnect(client.to);
  connectionLost(client, 'timed out', context);
}

/** Every request without an answer is sent again a little later. */
export function connectionLost(client: RequestClient, why: string, context: Context): void {
  for (const call of client.open) {
    const { request, failures, timer } = call;
    if (timer === 0) continue;
    context.cancel(timer);
    const { ticket, message, position, group, cause } = request;
    if (failures === 0) {
      const subject = client.to;
      context.emit({ is: WriteFailed, subject, message, position, group, detail: why, cause });
    }
    replace(client, call, { ...call, failures: failures + 1, timer: 0 });
    const again: AskAgain = { type: 'AskAgain', to: client.to, ticket };
    context.after(client.retryAfter, again);
  }
}

function send(client: RequestClient, call: Call, context: Context): Call {
  const late: AskTimedOut = { type: 'AskTimedOut', to: client.to, ticket: call.request.ticket };
  const timer = context.after(client.timeout, late);
  context.send(client.to, call.request);
  return { ...call, timer };
}

function replace(client: RequestClient, call: Call, by: Call): void {
  client.open = client.open.map((other) => (other === call ? by : other));
}

function waiting(name: string, value: number, source: string): OptionSpec {
  return { name, type: 'number', default: value, unit: 'ms', min: 1, source, takes: 'restart' };
}
