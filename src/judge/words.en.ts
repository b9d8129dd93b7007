/** English words for kinds of facts: what happens, to what, and how it is called. Grammar is in sentence.en.ts. */
import type { FactKind } from '../kernel/fact';

/** A verb in the forms that sentences about goals need. */
export interface Verb {
  /** "is published", "moves". */
  readonly one: string;
  readonly many: string;
  readonly past: string;
  readonly pastMany: string;
  /** After "has": "been published", "moved". */
  readonly perfect: string;
  /** After "then": "published", "moves". */
  readonly short: string;
}

export interface Thing {
  readonly one: string;
  readonly many: string;
  /** Counted one by one ("3 events are lost"); else the happening is counted ("a flag moves 3 times"). */
  readonly counted?: true;
  /** Which part of a match tells it from all others, and how it is called then. */
  readonly named?: {
    readonly by: readonly ('group' | 'role' | 'on')[];
    readonly as: (name: string) => string;
  };
}

export interface KindWords {
  readonly thing: ThingName;
  readonly verb: Verb;
  /** The verb with the doer as its subject: a group "applies" an event. */
  readonly does?: string;
  /** The verb with its cause as the subject: a move "appends" an event. */
  readonly brings?: string;
  /** What its amount is called: "balance". */
  readonly amount?: string;
  /** The happening as a noun: "the wipe". */
  readonly noun?: string;
  /** Before the place, the doer and the group: "to" shop-events "by" the shop "for" group cache. */
  readonly at?: string;
  readonly by?: string;
  readonly forGroup?: string;
  /** How a bound on the fact's position or amount is said, where they are no offset and no mere number. */
  readonly positionIs?: (range: string) => string;
  readonly amountIs?: (range: string) => string;
}

/** "published" → "is published" … Several participles are alternatives. */
export function passive(...participles: readonly string[]): Verb {
  const part = participles.join(' or ');
  return {
    one: `is ${part}`,
    many: `are ${part}`,
    past: `was ${part}`,
    pastMany: `were ${part}`,
    perfect: `been ${part}`,
    short: part,
  };
}

export function active(many: string, one: string, past: string): Verb {
  return { one, many, past, pastMany: past, perfect: past, short: one };
}

const asIs = (name: string) => name;

export const things = {
  event: { one: 'event', many: 'events', counted: true },
  row: { one: 'row', many: 'rows', counted: true },
  request: { one: 'request', many: 'requests', counted: true },
  service: { one: 'service', many: 'services', counted: true },
  payment: { one: 'payment', many: 'payments', counted: true },
  order: { one: 'order', many: 'orders', counted: true },
  call: { one: 'call', many: 'calls', counted: true },
  edit: { one: 'edit', many: 'edits', counted: true },
  attempt: { one: 'attempt', many: 'attempts', counted: true },
  alert: { one: 'alert', many: 'alerts', counted: true },
  snapshot: { one: 'snapshot', many: 'snapshots', counted: true },
  action: { one: 'action', many: 'actions', counted: true },
  offset: { one: 'offset', many: 'offsets' },
  leader: { one: 'leader', many: 'leaders' },
  link: { one: 'link', many: 'links' },
  setting: { one: 'setting', many: 'settings' },
  flag: { one: 'flag', many: 'flags', named: { by: ['group'], as: (name) => `the flag of ${name}` } },
  group: { one: 'group', many: 'groups', named: { by: ['group'], as: (name) => `group ${name}` } },
  process: { one: 'process', many: 'processes', named: { by: ['role', 'on'], as: asIs } },
  keeper: { one: 'book', many: 'books', named: { by: ['role'], as: asIs } },
  balance: { one: 'balance', many: 'balances', counted: true },
  line: { one: 'line', many: 'lines', counted: true },
  mail: { one: 'e-mail', many: 'e-mails', counted: true },
  cause: { one: 'cause', many: 'causes', counted: true },
  slip: { one: 'slip', many: 'slips', counted: true },
  wrongName: { one: 'wrong cause', many: 'wrong causes', counted: true },
  store: { one: 'store', many: 'stores', named: { by: ['on'], as: asIs } },
  log: { one: 'log', many: 'logs', named: { by: ['on'], as: (name) => `the log of ${name}` } },
  thing: { one: 'thing', many: 'things', counted: true },
} satisfies Record<string, Thing>;

export type ThingName = keyof typeof things;

const event = (verb: Verb, more: Partial<KindWords> = {}): KindWords => ({ thing: 'event', verb, ...more });

export const kinds: Readonly<Record<FactKind, KindWords>> = {
  requested: { thing: 'request', verb: passive('made'), at: 'to' },
  responded: { thing: 'request', verb: passive('answered'), does: 'answers' },
  failed: { thing: 'attempt', verb: active('fail', 'fails', 'failed'), by: 'at' },
  refused: { thing: 'request', verb: passive('refused') },
  timedOut: { thing: 'request', verb: active('time out', 'times out', 'timed out'), by: 'at' },
  persisted: { thing: 'row', verb: passive('stored'), at: 'in' },
  read: { thing: 'row', verb: passive('read'), at: 'in' },
  published: event(passive('published'), { does: 'publishes', brings: 'publishes', at: 'to' }),
  accepted: event(passive('appended'), { brings: 'appends', at: 'to' }),
  confirmed: event(passive('confirmed'), { at: 'in' }),
  returned: event(passive('returned'), { at: 'from' }),
  routed: event(passive('routed'), { at: 'to' }),
  unroutable: event(passive('left without a queue')),
  evicted: event(passive('pushed out'), { at: 'of' }),
  expired: event(active('expire', 'expires', 'expired'), { at: 'in' }),
  delivered: event(passive('delivered'), {
    does: 'receives',
    brings: 'delivers',
    at: 'from',
    by: 'to',
    forGroup: 'to',
  }),
  redelivered: event(passive('delivered again'), { at: 'from', by: 'to', forGroup: 'to' }),
  hidden: event(passive('hidden'), { at: 'in', by: 'from' }),
  settled: event(passive('settled'), { does: 'settles', at: 'in' }),
  rejected: event(passive('rejected'), { does: 'rejects', at: 'in' }),
  sought: { thing: 'flag', verb: active('move', 'moves', 'moved'), noun: 'the move', at: 'in' },
  rebalanced: {
    thing: 'group',
    verb: active('rebalance', 'rebalances', 'rebalanced'),
    noun: 'the rebalance',
  },
  elected: { thing: 'leader', verb: passive('elected'), noun: 'the election', at: 'for' },
  truncated: { thing: 'log', verb: passive('cut back'), at: 'of' },
  deadLettered: event(passive('dead-lettered'), { does: 'dead-letters', at: 'in' }),
  redriven: event(passive('redriven'), { at: 'to' }),
  applied: event(passive('applied'), { does: 'applies', at: 'to' }),
  skipped: event(passive('skipped'), { does: 'skips' }),
  parked: event(passive('parked'), { does: 'parks' }),
  outdated: event(passive('turned down as outdated'), { at: 'for' }),
  projected: event(passive('projected'), { does: 'projects', at: 'to' }),
  snapshotted: { thing: 'snapshot', verb: passive('taken'), at: 'of' },
  compensated: { thing: 'action', verb: passive('compensated'), noun: 'the compensation' },
  alerted: { thing: 'alert', verb: passive('raised') },
  schemaRejected: event(passive('refused by its schema')),
  decodeFailed: event(passive('found unreadable')),
  lost: event(passive('lost'), { does: 'loses', brings: 'loses', at: 'in' }),
  duplicated: event(passive('copied'), { brings: 'copies', at: 'in' }),
  delayed: { thing: 'link', verb: passive('delayed') },
  cut: { thing: 'link', verb: passive('cut'), noun: 'the cut' },
  healed: { thing: 'link', verb: passive('repaired'), noun: 'the repair' },
  crashed: { thing: 'process', verb: active('crash', 'crashes', 'crashed'), noun: 'the crash' },
  restarted: { thing: 'process', verb: active('restart', 'restarts', 'restarted'), noun: 'the restart' },
  changed: { thing: 'setting', verb: passive('changed'), noun: 'the change' },
};

const afterLine = (range: string): string => `after line ${range}`;
const dollars = (range: string): string => `with $${range}`;

/** Types that deserve words of their own, because their kind says too little. */
export const types: ReadonlyMap<string, KindWords> = new Map<string, KindWords>([
  ['StoreWiped', { thing: 'store', verb: passive('wiped'), noun: 'the wipe' }],
  ['OffsetCommitted', { thing: 'offset', verb: passive('committed'), noun: 'the commit', at: 'in' }],
  ['OrderPlaced', { thing: 'order', verb: passive('placed') }],
  ['OrderAnswered', { thing: 'order', verb: passive('answered') }],
  ['OrderFailed', { thing: 'order', verb: active('fail', 'fails', 'failed') }],
  ['OrderPersisted', { thing: 'order', verb: passive('stored'), at: 'in' }],
  ['CallSent', { thing: 'call', verb: passive('made'), at: 'to' }],
  ['CallAnswered', { thing: 'call', verb: passive('answered'), at: 'by' }],
  ['CallFailed', { thing: 'call', verb: active('fail', 'fails', 'failed'), at: 'to' }],
  ['CallTimedOut', { thing: 'call', verb: active('time out', 'times out', 'timed out'), at: 'to' }],
  ['ConnectionRefused', { thing: 'call', verb: passive('refused'), at: 'by' }],
  ['RequestHandled', { thing: 'call', verb: passive('carried out'), at: 'by' }],
  [
    'RequestHandledUnheard',
    { thing: 'call', verb: passive('carried out after its caller had given up'), at: 'by' },
  ],
  ['MessageHandled', event(passive('handled'), { does: 'handles' })],
  ['CallHandled', { thing: 'service', verb: passive('called') }],
  ['CallRepeated', { thing: 'service', verb: passive('called') }],
  ['PaymentDeclined', { thing: 'payment', verb: passive('declined') }],
  ['OrderConfirmed', { thing: 'order', verb: passive('confirmed') }],
  ['OrderCancelled', { thing: 'order', verb: passive('cancelled') }],
  ['RequestStalled', { thing: 'call', verb: active('stall', 'stalls', 'stalled'), at: 'at' }],
  ['DesignChanged', { thing: 'edit', verb: passive('made'), noun: 'the edit' }],
  ['BalanceInserted', { thing: 'balance', verb: passive('written'), by: 'to', amountIs: dollars }],
  ['BalanceOverwritten', { thing: 'balance', verb: passive('written'), by: 'to', amountIs: dollars }],
  ['LineAppended', { thing: 'line', verb: passive('appended'), by: 'to', amountIs: dollars }],
  [
    'LogAnswered',
    {
      thing: 'keeper',
      verb: active('tell the balance', 'tells the balance', 'told the balance'),
      positionIs: afterLine,
      amountIs: (range) => `, $${range}`,
    },
  ],
  [
    'RowCannotSay',
    {
      thing: 'keeper',
      verb: active(
        'admit that they cannot tell the balance',
        'admits that it cannot tell the balance',
        'admitted that it cannot tell the balance',
      ),
      positionIs: afterLine,
    },
  ],
  [
    'HistoryTold',
    {
      thing: 'keeper',
      verb: active('tell how it got there', 'tells how it got there', 'told how it got there'),
    },
  ],
  [
    'LogReplayed',
    { thing: 'keeper', verb: active('are replayed', 'is replayed', 'was replayed'), amountIs: dollars },
  ],
  [
    'ReplayStarted',
    {
      thing: 'keeper',
      verb: active('are read again', 'is read again', 'was read again'),
      noun: 'the replay',
    },
  ],
  ['CustomerMailed', { thing: 'mail', verb: passive('sent') }],
  ['SlipLost', { thing: 'slip', verb: passive('lost'), noun: 'the lost slip' }],
  ['WithdrawalRefused', { thing: 'slip', verb: passive('refused'), noun: 'the refused slip' }],
  ['CauseNamed', { thing: 'cause', verb: passive('named') }],
  ['CauseRejected', { thing: 'wrongName', verb: passive('named') }],
  ['AmountAdded', event(passive('applied'), { does: 'applies', at: 'to', amount: 'balance' })],
  ['ProcessSlowed', { thing: 'process', verb: passive('slowed down') }],
]);

/** Types that are the usual thing of their kind: naming them would add nothing. */
export const usualTypes: ReadonlySet<string> = new Set([
  'RecordPublished',
  'RecordAppended',
  'RecordDelivered',
  'RecordRedelivered',
  'RowWritten',
  'PositionSought',
  'ProduceAcknowledged',
  'GroupRebalanced',
  'ProcessCrashed',
  'ProcessRestarted',
  'LinkCut',
  'LinkHealed',
]);

/** Of nothing in particular: "something happens". */
export const anyWords: KindWords = {
  thing: 'thing',
  verb: active('happen', 'happens', 'happened'),
  at: 'in',
};
