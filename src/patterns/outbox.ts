/**
 * The relay of a transactional outbox. Whoever writes a row notes the event beside it, in a table of the same store and
 * in the same transaction (`http-api`, option "outbox"), so neither is ever there without the other. The relay reads
 * what is not marked as sent, publishes it through the driver beside it, and then marks it. Between publishing and
 * marking it can crash: then it publishes once more. An outbox is at-least-once; who reads must bear a second copy.
 *
 * A polling relay, as most are: it asks for rows that are not marked, in the order in which they were written, never
 * for "ids above the last one", which would skip a row that is committed late. Simplified: one relay per table, and
 * marked rows stay.
 */
import type { MessageId } from '../kernel/bodies';
import type { Publish, Published, PublishFailed } from '../kernel/delivery';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { ms, type Duration, type Time } from '../kernel/time';
import {
  answered,
  ask,
  askAgain,
  askTimedOut,
  connectionLost,
  newRequestClient,
  requestOptions,
  storeOption,
  type AskAgain,
  type AskTimedOut,
  type RequestClient,
} from '../services/request-client';
import {
  outboxMarked,
  outboxWaiting,
  type OnBehalf,
  type ReadRequest,
  type ReadResponse,
  type StoredRow,
  type TransactRequest,
  type TransactResponse,
} from '../services/store-protocol';

export interface Outbox {
  readonly table: string;
  readonly pollInterval: Duration;
  readonly batch: number;
  readonly place: string;
  readonly driver: string;
  readonly store: RequestClient;
  /** What it is about to do with which rows. */
  stage: 'idle' | 'reading' | 'publishing' | 'marking';
  rows: readonly StoredRow[];
  since: Time;
  /** Counts the rounds, so that a late answer from before a crash is nobody's. */
  ticket: number;
  asked: number;
  relayed: number;
  lastRelayed: MessageId | null;
}

/** The relay's own clock. */
interface Poll {
  readonly type: 'Poll';
}
/** Named step: the rows that were published are marked, in a transaction of its own. */
interface MarkSent {
  readonly type: 'MarkSent';
  readonly step: 'mark';
  readonly ticket: number;
}
/** Named step: the rows are handed to the driver. */
interface Relay {
  readonly type: 'Relay';
  readonly step: 'publish';
  readonly ticket: number;
}
type FromStore = TransactResponse | ReadResponse | AskAgain | AskTimedOut;
type Command = Poll | Relay | MarkSent | Published | PublishFailed | FromStore;

const RowRead = factType('read', 'OutboxRowRead');

const poll: Poll = { type: 'Poll' };

const options: readonly OptionSpec[] = [
  word('table', 'outbox', 'table with the events to send, in the store that the rows are in'),
  {
    name: 'pollIntervalMs',
    type: 'number',
    default: 500,
    unit: 'ms',
    min: 1,
    source:
      'wait before the table is read again when nothing was there to send (an application’s own setting)',
    takes: 'restart',
  },
  {
    name: 'batch',
    type: 'number',
    default: 10,
    unit: 'records',
    min: 1,
    source: 'rows that are read, published and marked together',
    takes: 'restart',
  },
  word('place', 'orders', 'topic, exchange or queue it publishes to'),
  word('driver', 'kafka.producer', 'part of this process that publishes'),
  storeOption,
  ...requestOptions,
];

export const part: Part<Outbox, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'outbox',
    init(given) {
      const read = optionReader(options, given);
      return {
        table: read.string('table'),
        pollInterval: ms(read.number('pollIntervalMs')),
        batch: Math.trunc(read.number('batch')),
        place: read.string('place'),
        driver: read.string('driver'),
        store: newRequestClient(read.string('store'), given),
        ...{ stage: 'idle', rows: [], since: 0, ticket: 0, asked: 0, relayed: 0, lastRelayed: null },
      };
    },
    apply,
    // which rows were on their way is forgotten; which are not marked is in the store
    restart(state) {
      state.stage = 'idle';
      state.rows = [];
      state.store.open = [];
    },
    clone: (state) => ({ ...state, store: { ...state.store } }),
  },
  describe,
};

function apply(state: Outbox, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
    case 'Poll':
      return look(state, context);
    case 'ReadResponse':
      return found(state, command, context);
    case 'Relay':
      return relay(state, command.ticket, context);
    case 'Published':
      return published(state, command.ticket, context);
    case 'PublishFailed':
      return command.ticket === state.ticket ? rest(state, context) : undefined;
    case 'MarkSent':
      return mark(state, command.ticket, context);
    case 'TransactResponse':
      return marked(state, command, context);
    case 'AskAgain':
      return askAgain(state.store, command.ticket, context);
    case 'AskTimedOut':
      return askTimedOut(state.store, command.ticket, context);
    case 'ConnectionClosed':
      return connectionLost(state.store, 'connection closed', context);
  }
}

/** What has not been sent? */
function look(state: Outbox, context: Context): void {
  const { table, batch: limit } = state;
  enter(state, 'reading', context);
  const what = { type: 'ReadRequest', table, where: outboxWaiting, limit } as const;
  state.asked = ask<ReadRequest>(state.store, what, nobody(context), context);
}

function found(state: Outbox, { ticket, rows }: ReadResponse, context: Context): void {
  if (!answered(state.store, ticket, context) || state.stage !== 'reading') return;
  if (rows.length === 0) return rest(state, context);
  state.rows = rows;
  state.ticket++;
  const step: Relay = { type: 'Relay', step: 'publish', ticket: state.ticket };
  context.tell(context.part, step);
}

function relay(state: Outbox, ticket: number, context: Context): void {
  if (ticket !== state.ticket || state.stage !== 'reading') return;
  enter(state, 'publishing', context);
  const { place, rows, store } = state;
  const messages = rows.map(({ message }) => message);
  for (const message of messages)
    context.emit({ is: RowRead, subject: `${store.to}/${state.table}`, message });
  const publish: Publish = { type: 'Publish', ticket, replyTo: context.part, place, messages };
  context.tell(state.driver, publish);
}

function published(state: Outbox, ticket: number, context: Context): void {
  if (ticket !== state.ticket || state.stage !== 'publishing') return;
  state.relayed += state.rows.length;
  state.lastRelayed = state.rows[state.rows.length - 1].message;
  const step: MarkSent = { type: 'MarkSent', step: 'mark', ticket };
  context.tell(context.part, step);
}

function mark(state: Outbox, ticket: number, context: Context): void {
  if (ticket !== state.ticket || state.stage !== 'publishing') return;
  enter(state, 'marking', context);
  const { table, rows } = state;
  const writes = rows.map(({ key, version }) => ({
    ...{ table, key, version: version + 1, fields: outboxMarked, onlyNewer: true },
  }));
  const [{ message }] = rows;
  const onBehalf = { ...nobody(context), message };
  state.asked = ask<TransactRequest>(state.store, { type: 'TransactRequest', writes }, onBehalf, context);
}

/** On to the next rows at once: there may be more. */
function marked(state: Outbox, { ticket }: TransactResponse, context: Context): void {
  if (!answered(state.store, ticket, context) || state.stage !== 'marking') return;
  state.rows = [];
  look(state, context);
}

/** Nothing to send, or nobody took it: the table is read again a little later. */
function rest(state: Outbox, context: Context): void {
  state.rows = [];
  enter(state, 'idle', context);
  context.after(state.pollInterval, poll);
}

function enter(state: Outbox, stage: Outbox['stage'], context: Context): void {
  state.stage = stage;
  state.since = context.now;
}

/** It acts for no consumer. */
function nobody(context: Context): OnBehalf {
  return { message: -1, group: '', position: -1, cause: context.cause };
}

function describe({ stage, rows, since, relayed, lastRelayed }: Outbox, look: Look): PartPicture {
  const step = { reading: 'read', publishing: 'publish', marking: 'mark', idle: null }[stage];
  return {
    process: {
      steps: ['read', 'publish', 'mark'],
      applied: relayed,
      lastApplied: lastRelayed === null ? null : look.face(lastRelayed),
      current: rows.length > 0 ? look.face(rows[0].message) : null,
      ...(step ? { step: { name: step, since, until: null } } : {}),
    },
  };
}

function word(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}
