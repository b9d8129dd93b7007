/** Messages on their way through the handler: given, begun, handled, and acknowledged or not. */
import type { BasicDeliver } from '../../brokers/rabbitmq/protocol';
import type { Handle, HandlingFailed } from '../../kernel/delivery';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import type { Consumer, Held, Job } from './consumer-state';
import { write } from './link';
import { channelNumber } from './session';

const HandlerFailed = factType('failed', 'HandlerFailed');
const AckFailed = factType('failed', 'AckFailed');

/** Named step: the acknowledgement goes out, or what stands in its place. */
export interface SettleMessage {
  readonly type: 'SettleMessage';
  readonly step: 'ack';
  readonly ticket: number;
  readonly how: 'ack' | 'requeue' | 'reject';
}

/** The hot path: once per message. */
export function deliver(state: Consumer, method: BasicDeliver, context: Context): void {
  const held = { method, since: context.now };
  const { jobs, waiting, head, options, stopped } = state;
  const begins = !stopped && jobs.length < options.concurrency && head === waiting.length;
  if (begins) begin(state, held, context);
  else waiting.push(held);
}

/** Gives the handler what it may have. */
function beginNext(state: Consumer, context: Context): void {
  if (state.stopped) return;
  while (state.jobs.length < state.options.concurrency && state.head < state.waiting.length)
    begin(state, state.waiting[state.head++], context);
  if (state.head > compactFrom || (state.head > 0 && state.head === state.waiting.length)) {
    state.waiting = state.waiting.slice(state.head);
    state.head = 0;
  }
}

function begin(state: Consumer, held: Held, context: Context): void {
  const { noAck, ackFirst } = state.options;
  const ticket = ++state.lastTicket;
  const job: Job = { held, ticket, isSettled: noAck, isStale: false, isHandedOver: false };
  state.jobs.push(job);
  if (ackFirst && !noAck) settleAs('ack', job, context);
  else handOver(state, job, context);
}

const compactFrom = 1024;

function handOver(state: Consumer, job: Job, context: Context): void {
  job.isHandedOver = true;
  const { message, source, deliveryTag, delivered } = job.held.method;
  const delivery = { message, source, position: deliveryTag, group: context.self, cause: delivered };
  const handle: Handle = { type: 'Handle', ticket: job.ticket, replyTo: context.part, delivery };
  context.tell(state.options.handler, handle);
}

export function handled(state: Consumer, ticket: number, context: Context): void {
  const job = jobOf(state, ticket);
  if (!job) return;
  if (job.isSettled) end(state, job, context);
  else settleAs('ack', job, context);
}

export function handlingFailed(state: Consumer, { ticket, error }: HandlingFailed, context: Context): void {
  const job = jobOf(state, ticket);
  if (!job) return;
  const { source, message, deliveryTag } = job.held.method;
  context.emit({
    ...{ is: HandlerFailed, subject: source, message, position: deliveryTag },
    ...{ group: context.self, detail: error },
  });
  if (job.isSettled) end(state, job, context);
  else settleAs(state.options.onFailure, job, context);
}

function settleAs(how: SettleMessage['how'], { ticket }: Job, context: Context): void {
  const step: SettleMessage = { type: 'SettleMessage', step: 'ack', ticket, how };
  context.tell(context.part, step);
}

/** The step itself. It is on its way then, and nobody answers: whether it arrives is not known. */
export function settleMessage(state: Consumer, { ticket, how }: SettleMessage, context: Context): void {
  const job = jobOf(state, ticket);
  if (!job) return;
  const { source, message, deliveryTag } = job.held.method;
  const { link } = state.session;
  if (job.isStale)
    context.emit({
      ...{ is: AckFailed, subject: source, message, position: deliveryTag },
      ...{ group: context.self, detail: 'Channel closed' },
    });
  else if (how === 'ack')
    write(link, { type: 'BasicAck', channel: channelNumber, deliveryTag, multiple: false }, context);
  else if (how === 'requeue')
    write(
      link,
      { type: 'BasicNack', channel: channelNumber, deliveryTag, multiple: false, requeue: true },
      context,
    );
  else write(link, { type: 'BasicReject', channel: channelNumber, deliveryTag, requeue: false }, context);
  job.isSettled = true;
  if (job.isHandedOver) end(state, job, context);
  else handOver(state, job, context);
}

/** The channel is gone. What has begun goes on, in vain; what has not is dropped, unless it is already acknowledged. */
export function dropHeld(state: Consumer): void {
  for (const job of state.jobs) job.isStale = true;
  if (state.options.noAck) return;
  state.waiting = [];
  state.head = 0;
}

function end(state: Consumer, job: Job, context: Context): void {
  if (state.jobs.length === 1) state.jobs.pop();
  else state.jobs.splice(state.jobs.indexOf(job), 1);
  beginNext(state, context);
}

function jobOf({ jobs }: Consumer, ticket: number): Job | undefined {
  for (let at = 0; at < jobs.length; at++) if (jobs[at].ticket === ticket) return jobs[at];
  return undefined;
}
