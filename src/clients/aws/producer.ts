/**
 * A program that sends to SQS or publishes to SNS through the AWS SDK for JavaScript v3, as a part: takes `Publish` from a
 * service beside it. Messages of one Publish go one call after another, alone or in batches; calls of several go at once.
 * A batch that succeeded may have entries that failed: what becomes of them is the program's business, and an option.
 */
import type { Publish, Published, PublishFailed } from '../../kernel/delivery';
import { factType } from '../../kernel/fact';
import type { Context, KernelCommand, Tagged } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Look, Part, PartPicture } from '../../kernel/part';
import { cargoOfAws } from '../../brokers/aws/protocol/cargo';
import type { PublishBatchResponse } from '../../brokers/aws/sns/protocol';
import type { SendMessageBatchResponse } from '../../brokers/aws/sqs/protocol';
import { call, cloneCalls, hearCalls, noCalls, type Calls, type Settled } from './calls';
import { requestFor, type Entry } from './entries';
import { producerOptions, readProducerOptions, type ProducerOptions } from './options';

/** A Publish that is not settled. */
interface Send {
  readonly id: number;
  readonly ticket: number;
  readonly replyTo: string;
  readonly place: string;
  /** In the call that is under way. */
  current: readonly Entry[];
  /** After it. */
  waiting: readonly Entry[];
  /** How often entries of the current call failed in a batch that succeeded. */
  failures: number;
  /** Why an entry failed that is not sent again; null: none did. */
  error: string | null;
}

interface Producer {
  readonly options: ProducerOptions;
  calls: Calls<number>;
  sends: Map<number, Send>;
  lastSend: number;
}

const Published_ = factType('published', 'MessagePublished');
const Confirmed = factType('confirmed', 'SendConfirmed');
const EntryFailed = factType('failed', 'BatchEntryFailed');
const Failed = factType('failed', 'SendFailed');

/** How many unsettled messages the picture names. */
const unsettledShown = 40;

export const part: Part<Producer, Publish | Tagged, GivenOptions> = {
  options: producerOptions,
  machine: {
    kind: 'aws.producer',
    init: (given) => newProducer(readProducerOptions(given)),
    apply,
    restart(state) {
      Object.assign(state, newProducer(state.options));
    },
    clone: (state) => ({
      ...state,
      calls: cloneCalls(state.calls),
      sends: new Map([...state.sends].map(([id, send]) => [id, { ...send }])),
    }),
  },
  describe,
  cargo: cargoOfAws,
};

function newProducer(options: ProducerOptions): Producer {
  return { options, calls: noCalls(), sends: new Map(), lastSend: 0 };
}

function apply(state: Producer, command: Publish | Tagged | KernelCommand, context: Context): void {
  if (command.type === 'Publish') return publish(state, command as Publish, context);
  const settled = hearCalls(state.calls, state.options, command, context);
  if (settled) callSettled(state, settled, context);
}

/** Every message is published once, however often it is sent. */
function publish(state: Producer, command: Publish, context: Context): void {
  const { options } = state;
  const place = options.place === '' ? command.place : options.place;
  const subject = `${options.broker}/${place}`;
  const waiting = command.messages.map((message) => ({
    message,
    fact: context.emit({ is: Published_, subject, message }),
  }));
  const { ticket, replyTo } = command;
  const id = ++state.lastSend;
  const send: Send = { id, ticket, replyTo, place, current: [], waiting, failures: 0, error: null };
  state.sends.set(id, send);
  sendNext(state, send, context);
}

function sendNext(state: Producer, send: Send, context: Context): void {
  const { batchSize } = state.options;
  if (send.waiting.length === 0) return over(state, send, context);
  send.current = send.waiting.slice(0, batchSize);
  send.waiting = send.waiting.slice(batchSize);
  send.failures = 0;
  ask(state, send, context);
}

function ask({ options, calls }: Producer, send: Send, context: Context): void {
  const request = requestFor(options, send.place, send.current, context);
  call(calls, options, options.broker, request, send.id, context);
}

function callSettled(state: Producer, settled: Settled<number>, context: Context): void {
  const send = state.sends.get(settled.purpose);
  if (!send) return;
  if (settled.is === 'failed') {
    send.error = `${settled.code}: ${settled.message}`;
    return failAll(state, send, context);
  }
  const { answer } = settled;
  const isBatch = 'Failed' in answer;
  const failed = isBatch ? (answer as SendMessageBatchResponse | PublishBatchResponse).Failed : [];
  const why = new Map(failed.map(({ Id, Code, Message }) => [Id, `${Code}: ${Message}`]));
  send.current.forEach((entry, index) => {
    const error = why.get(String(index));
    const is = error === undefined ? Confirmed : EntryFailed;
    say(state, send, is, entry, error ?? '', context);
  });
  entriesFailed(state, send, why, context);
}

function say(
  { options }: Producer,
  send: Send,
  is: typeof Failed,
  { message, fact: cause }: Entry,
  detail: string,
  context: Context,
): void {
  context.emit({ is, subject: `${options.broker}/${send.place}`, message, detail, cause });
}

/** Entries by their place in the call, and why they failed. */
function entriesFailed(
  state: Producer,
  send: Send,
  why: ReadonlyMap<string, string>,
  context: Context,
): void {
  const left = send.current.filter((_, index) => why.has(String(index)));
  const { failedEntries, maxAttempts } = state.options;
  if (left.length === 0 || failedEntries === 'ignore') return sendNext(state, send, context);
  send.failures++;
  if (failedEntries === 'retry' && send.failures < maxAttempts) {
    send.current = left;
    return ask(state, send, context);
  }
  [send.error] = why.values();
  sendNext(state, send, context);
}

/** The call itself failed: what comes after it is not sent. */
function failAll(state: Producer, send: Send, context: Context): void {
  for (const entry of [...send.current, ...send.waiting])
    say(state, send, Failed, entry, send.error ?? '', context);
  over(state, send, context);
}

function over(state: Producer, { id, ticket, replyTo, error }: Send, context: Context): void {
  state.sends.delete(id);
  const answer: Published | PublishFailed =
    error === null ? { type: 'Published', ticket } : { type: 'PublishFailed', ticket, error };
  context.tell(replyTo, answer);
}

function describe({ sends }: Producer, look: Look): PartPicture {
  const entries = [...sends.values()].flatMap(({ current, waiting }) => [...current, ...waiting]);
  return {
    process: { unsettled: entries.slice(0, unsettledShown).map(({ message }) => look.face(message)) },
  };
}
