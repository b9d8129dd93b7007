/**
 * The code of a Lambda function, as the first part of the process that runs it: each invocation is a batch of messages that
 * are handed to the part named by option `handler`. What the function returns or throws is decided by its options: it
 * throws at the first message that fails, or it reports those that failed (ReportBatchItemFailures), or it overlooks them.
 * All execution environments of the function are this one process. An invocation that Lambda has given up is forgotten;
 * what its handler has begun goes on, as what was asked of others would.
 */
import type { Handle, Handled, HandlingFailed } from '../../kernel/delivery';
import { factType, type FactId } from '../../kernel/fact';
import type { MessageId } from '../../kernel/bodies';
import type { ConnectionId, Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Look, Part, PartPicture } from '../../kernel/part';
import { cargoOfAws } from '../../brokers/aws/protocol/cargo';
import { addressOfArn } from '../../brokers/aws/protocol/resources';
import type {
  LambdaEvent,
  RunInvocationRequest,
  RunInvocationResponse,
} from '../../brokers/aws/lambda/protocol';
import { changedOptions, functionOptions, readFunctionOptions, type FunctionOptions } from './options';

/** A message of an event. */
interface Item {
  /** What a batch's answer calls it; '' where nobody asks. */
  readonly id: string;
  readonly message: MessageId;
  /** "sqs/orders", "sns/events", "lambda/resize". */
  readonly source: string;
  readonly position: number;
  readonly cause: FactId;
  readonly isFifo: boolean;
}

/** An invocation under way. */
interface Run {
  readonly id: number;
  readonly connection: ConnectionId;
  readonly functionName: string;
  readonly items: readonly Item[];
  /** Items that were handed over. */
  begun: number;
  /** Of those, the ones that are not done. */
  open: number;
  failed: readonly string[];
}

interface FunctionState {
  given: GivenOptions;
  options: FunctionOptions;
  runs: Map<number, Run>;
  /** By ticket: which item of which run the handler works on. */
  tickets: Map<number, { readonly run: number; readonly item: number }>;
  lastRun: number;
  lastTicket: number;
}

type Command = RunInvocationRequest | Handled | HandlingFailed;

const Delivered = factType('delivered', 'EventDelivered');
const Redelivered = factType('redelivered', 'EventRedelivered');
const HandlerFailed = factType('failed', 'HandlerFailed');

/** How many messages the picture names. */
const shown = 40;

export const part: Part<FunctionState, Command, GivenOptions> = {
  options: functionOptions,
  machine: {
    kind: 'aws.function',
    init: (given) => newFunction(given),
    apply,
    configure(state, changed) {
      const given = changedOptions(functionOptions, state.given, changed);
      Object.assign(state, { given, options: readFunctionOptions(given) });
    },
    restart(state) {
      Object.assign(state, newFunction(state.given));
    },
    clone: (state) => ({
      ...state,
      runs: new Map([...state.runs].map(([id, run]) => [id, { ...run }])),
      tickets: new Map(state.tickets),
    }),
  },
  describe,
  cargo: cargoOfAws,
};

function newFunction(given: GivenOptions): FunctionState {
  const options = readFunctionOptions(given);
  return { given, options, runs: new Map(), tickets: new Map(), lastRun: 0, lastTicket: 0 };
}

function apply(state: FunctionState, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'RunInvocationRequest':
      return begin(state, command, context);
    case 'Handled':
      return itemDone(state, command.ticket, null, context);
    case 'HandlingFailed':
      return itemDone(state, command.ticket, command.error, context);
    case 'ConnectionClosed':
      for (const run of state.runs.values()) if (run.connection === command.connection) forget(state, run);
      return;
    case 'Start':
      return;
  }
}

function begin(state: FunctionState, request: RunInvocationRequest, context: Context): void {
  const run: Run = {
    id: ++state.lastRun,
    connection: context.connection,
    functionName: request.functionName,
    items: itemsOf(request.event, request.functionName, context),
    ...{ begun: 0, open: 0, failed: [] },
  };
  state.runs.set(run.id, run);
  if (run.items.length === 0) return finish(state, run, context);
  do handNext(state, run, context);
  while (state.options.parallel && run.begun < run.items.length);
}

function itemsOf(event: LambdaEvent, name: string, context: Context): readonly Item[] {
  const direct = { id: '', position: -1, cause: context.cause, isFifo: false };
  if (!('Records' in event)) return [{ ...direct, message: event.message, source: `lambda/${name}` }];
  return event.Records.map((record) => {
    if ('Sns' in record) {
      const { Message, TopicArn } = record.Sns;
      return { ...direct, message: Message.message, source: addressOfArn(TopicArn) };
    }
    const { messageId: id, body, eventSourceARN, observed } = record;
    const { fact: cause, position } = observed;
    const isFifo = eventSourceARN.endsWith('.fifo');
    return { id, message: body.message, source: addressOfArn(eventSourceARN), position, cause, isFifo };
  });
}

/** The next item to the handler. Of a queue's message its queue has told that it was delivered. */
function handNext(state: FunctionState, run: Run, context: Context): void {
  const item = run.items[run.begun++];
  run.open++;
  const { message, source, position } = item;
  const group = run.functionName;
  const cause = item.id === '' ? noteDelivery(run, item, context) : item.cause;
  const ticket = ++state.lastTicket;
  state.tickets.set(ticket, { run: run.id, item: run.begun - 1 });
  const delivery = { message, source, position, group, cause };
  const handle: Handle = { type: 'Handle', ticket, replyTo: context.part, delivery };
  context.tell(state.options.handler, handle);
}

/** The function cannot know whether it was called with this before: only the observer does. */
function noteDelivery({ functionName: group }: Run, item: Item, context: Context): FactId {
  const { message, source: subject, cause } = item;
  const note = `message ${message} delivered to ${group}`;
  const [count = 0] = context.notes.get(note) ?? [];
  context.notes.set(note, [count + 1]);
  const is = count === 0 ? Delivered : Redelivered;
  return context.emit({ is, subject, message, group, amount: count + 1, cause });
}

/** The handler is done with an item, or threw. */
function itemDone(state: FunctionState, ticket: number, error: string | null, context: Context): void {
  const at = state.tickets.get(ticket);
  const run = at && state.runs.get(at.run);
  state.tickets.delete(ticket);
  if (!at || !run) return;
  run.open--;
  const item = run.items[at.item];
  if (error !== null) {
    const { message, source: subject, position, cause } = item;
    context.emit({ is: HandlerFailed, subject, message, position, group: run.functionName, detail: error, cause }); // prettier-ignore
    if (state.options.failures === 'throw') return throwIt(state, run, error, context);
    if (state.options.failures === 'report') reportIt(state, run, at.item);
  }
  if (run.begun < run.items.length) handNext(state, run, context);
  else if (run.open === 0) finish(state, run, context);
}

/** Behind a message of a FIFO queue that failed, nothing of the batch may be done. */
function reportIt({ options }: FunctionState, run: Run, index: number): void {
  const { afterFailure, parallel } = options;
  const item = run.items[index];
  const stops = !parallel && (afterFailure === 'stop' || (afterFailure === 'stop at FIFO' && item.isFifo));
  const failed = stops ? run.items.slice(index) : [item];
  run.failed = [...run.failed, ...failed.map(({ id }) => id)];
  if (stops) run.begun = run.items.length;
}

function throwIt(state: FunctionState, run: Run, error: string, context: Context): void {
  const threw = { errorType: 'Error', errorMessage: error };
  const response: RunInvocationResponse = { type: 'RunInvocationResponse', threw };
  context.reply(run.connection, response);
  forget(state, run);
}

function finish(state: FunctionState, run: Run, context: Context): void {
  const batchItemFailures = run.failed.map((itemIdentifier) => ({ itemIdentifier }));
  const returned = state.options.failures === 'report' ? { batchItemFailures } : null;
  const response: RunInvocationResponse = { type: 'RunInvocationResponse', returned };
  context.reply(run.connection, response);
  forget(state, run);
}

function forget(state: FunctionState, { id }: Run): void {
  state.runs.delete(id);
  for (const [ticket, { run }] of state.tickets) if (run === id) state.tickets.delete(ticket);
}

function describe({ runs }: FunctionState, look: Look): PartPicture {
  const waiting = [...runs.values()].flatMap(({ items, begun }) => items.slice(begun));
  return {
    process: {
      steps: ['receive', 'apply', 'return'],
      queued: waiting.slice(0, shown).map(({ message }) => look.face(message)),
    },
  };
}
