/**
 * The auditor's desk: puts the same question to the row and to the log, keeps what each says, holds the counterfoils of
 * all slips, and files findings: which fact made an account show what it shows.
 *
 * A finding rests on something: on the account's number, on what its row shows, or on what its log shows of the slip
 * that is missing. It is filed for every account of which that is so. Thus a finding is a reading and no guess, and can
 * be tried on accounts that nobody has looked at.
 */
import type { MessageId } from '../kernel/bodies';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import type { Finding, Question as AskedQuestion } from '../kernel/shape';
import type { Time } from '../kernel/time';
import { amountOf, mishapOf, traceOf } from './account-book';
import type { AskKeeper, Counterfoil, KeeperAnswer, Question } from './account-protocol';

type Said = Pick<KeeperAnswer, 'says' | 'balance' | 'lines'>;

/** A question and what has been said to it. Replaced, never changed. */
interface Asked {
  readonly account: string;
  readonly question: Question;
  readonly askedAt: Time;
  readonly row: Said | null;
  readonly log: Said | null;
}

/** A finding that waits for what is kept of one account. */
interface Filing {
  readonly name: NameCause;
  readonly account: string;
  readonly row: Said | null;
  readonly log: Said | null;
}

/** What was sent out, by ticket: for a question by its number, or for a filing. */
type Errand =
  | { readonly to: 'row' | 'log'; readonly asked: number }
  | { readonly to: 'row' | 'log'; readonly filing: number };

export interface AuditDesk {
  readonly row: string;
  readonly log: string;
  /** Slips by account, in the order they were written. */
  counterfoils: Map<string, readonly MessageId[]>;
  /** By number; the oldest are forgotten beyond a bound. */
  asked: Map<number, Asked>;
  filings: Map<number, Filing>;
  errands: Map<number, Errand>;
  findings: Map<string, Finding>;
  lastTicket: number;
  lastNumber: number;
}

/** Puts a question to both keepers. */
export interface Ask {
  readonly type: 'Ask';
  readonly account: string;
  readonly question: Question;
}
/** Claims that the row cannot answer this: it is asked to admit it. */
export interface Challenge {
  readonly type: 'Challenge';
  readonly account: string;
  readonly question: Question;
}
/** Files a finding: `names` is the kind of the fact, `rests` what it rests on, `shows` what that shows. */
export interface NameCause {
  readonly type: 'NameCause';
  readonly names: string;
  readonly rests: 'account' | 'row' | 'log';
  readonly shows: string;
}
type Command = Ask | Challenge | NameCause | Counterfoil | KeeperAnswer;

const Put = factType('requested', 'QuestionPut');
const Named = factType('persisted', 'CauseNamed');
const Misnamed = factType('rejected', 'CauseRejected');

/** Questions kept at the desk. */
const askedMax = 50;
/** Counterfoils of an account that lie on top; all of them are kept. */
const slipsShownMax = 20;

const options: readonly OptionSpec[] = [
  { name: 'row', type: 'string', default: 'account-row', unit: '', source: 'process that keeps the row', takes: 'restart' },
  { name: 'log', type: 'string', default: 'account-log', unit: '', source: 'process that keeps the log', takes: 'restart' },
]; // prettier-ignore

export const part: Part<AuditDesk, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'audit-desk',
    init(given) {
      const read = optionReader(options, given);
      return {
        row: read.string('row'),
        log: read.string('log'),
        counterfoils: new Map(),
        asked: new Map(),
        filings: new Map(),
        errands: new Map(),
        findings: new Map(),
        lastTicket: 0,
        lastNumber: 0,
      };
    },
    apply,
    // what is on paper stays; what was being asked is asked in vain
    restart(state) {
      state.errands = new Map();
      state.filings = new Map();
    },
    clone: (state) => ({
      ...state,
      counterfoils: new Map(state.counterfoils),
      asked: new Map(state.asked),
      filings: new Map(state.filings),
      errands: new Map(state.errands),
      findings: new Map(state.findings),
    }),
  },
  describe,
};

function apply(state: AuditDesk, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      return;
    case 'Counterfoil': {
      const { account, message } = command;
      state.counterfoils.set(account, [...(state.counterfoils.get(account) ?? []), message]);
      return;
    }
    case 'Ask':
      return put(state, command, ['row', 'log'], context);
    case 'Challenge':
      return put(state, command, ['row'], context);
    case 'NameCause':
      return beginFiling(state, command, context);
    case 'KeeperAnswer':
      return hear(state, command, context);
    case 'ConnectionClosed':
      return;
  }
}

/** The same question again keeps its place and gets new answers. */
function put(
  state: AuditDesk,
  { account, question, type }: Ask | Challenge,
  to: readonly ('row' | 'log')[],
  context: Context,
): void {
  const known = [...state.asked].find(
    ([, asked]) => asked.account === account && sameQuestion(asked.question, question),
  );
  const number = known?.[0] ?? ++state.lastNumber;
  const { row = null, log = null } = known?.[1] ?? {};
  state.asked.delete(number);
  state.asked.set(number, { account, question, askedAt: context.now, row, log });
  if (state.asked.size > askedMax) state.asked.delete(state.asked.keys().next().value!);
  const position = question.kind === 'after' ? question.line : -1;
  const amount = question.kind === 'rule' ? question.fee : 0;
  const detail = type === 'Challenge' ? `challenge ${question.kind}` : question.kind;
  context.emit({ is: Put, subject: `${context.self}/${account}`, position, amount, detail });
  for (const keeper of to) {
    const errand: Errand = { to: keeper, asked: number };
    send(state, errand, account, question, type === 'Challenge', context);
  }
}

function send(
  state: AuditDesk,
  errand: Errand,
  account: string,
  question: Question,
  challenged: boolean,
  context: Context,
): void {
  const ticket = ++state.lastTicket;
  state.errands.set(ticket, errand);
  const ask: AskKeeper = { type: 'AskKeeper', ticket, account, question, challenged };
  context.send(errand.to === 'row' ? state.row : state.log, ask);
}

function hear(state: AuditDesk, { ticket, says, balance, lines }: KeeperAnswer, context: Context): void {
  const errand = state.errands.get(ticket);
  if (!errand) return;
  state.errands.delete(ticket);
  const said: Said = { says, balance, lines };
  if ('asked' in errand) {
    const asked = state.asked.get(errand.asked);
    if (asked) state.asked.set(errand.asked, { ...asked, [errand.to]: said });
    return;
  }
  const filing = state.filings.get(errand.filing);
  if (!filing) return;
  const complete = { ...filing, [errand.to]: said };
  state.filings.set(errand.filing, complete);
  if (complete.row && complete.log) {
    state.filings.delete(errand.filing);
    file(state, complete, context);
  }
}

/** First the desk finds out what is kept of every account it has counterfoils of. */
function beginFiling(state: AuditDesk, name: NameCause, context: Context): void {
  for (const account of state.counterfoils.keys()) {
    const number = ++state.lastNumber;
    state.filings.set(number, { name, account, row: null, log: null });
    for (const to of ['row', 'log'] as const)
      send(state, { to, filing: number }, account, { kind: 'kept' }, false, context);
  }
}

/**
 * Files the finding for an account it is true of. Whether the fact that was named exists is history's to say: the
 * finding then has that fact as its cause.
 */
function file(state: AuditDesk, { name, account, row, log }: Filing, context: Context): void {
  const slip = missingSlip(state, account, log!, context);
  if (slip === null || !isAbout(name, account, slip, row!, log!)) return;
  const cause = mishapOf(name.names, slip, context);
  const subject = `${context.self}/${account}`;
  const common = { subject, message: slip, detail: name.names };
  if (cause === null) context.emit({ is: Misnamed, ...common });
  else context.emit({ is: Named, ...common, cause });
  state.findings.set(account, { account, names: name.names, isFact: cause !== null });
}

/** The first withdrawal that moved nothing; null when the log books all of them. */
function missingSlip(
  { counterfoils }: AuditDesk,
  account: string,
  log: Said,
  context: Context,
): MessageId | null {
  const slips = counterfoils.get(account) ?? [];
  const isOut = (message: MessageId) =>
    amountOf(context.body(message)) < 0 && traceOf(message, log.lines) !== 'booked';
  return slips.find(isOut) ?? null;
}

function isAbout(name: NameCause, account: string, slip: MessageId, row: Said, log: Said): boolean {
  switch (name.rests) {
    case 'account':
      return name.shows === account;
    case 'row':
      return name.shows === String(row.balance);
    case 'log':
      return name.shows === traceOf(slip, log.lines);
  }
}

function sameQuestion(a: Question, b: Question): boolean {
  const names: readonly string[] = ['kind', 'line', 'time', 'fee'];
  const value = (question: Question, name: string) => (question as Readonly<Record<string, unknown>>)[name];
  return names.every((name) => value(a, name) === value(b, name));
}

function describe({ asked, findings, counterfoils }: AuditDesk, look: Look): PartPicture {
  const questions = [...asked.values()].flatMap((one) => questionOf(one, look));
  const slips = [...counterfoils].map(([account, messages]) => ({
    account,
    faces: messages.slice(-slipsShownMax).map((message) => look.face(message)),
  }));
  return { process: { desk: { questions, findings: [...findings.values()], slips } } };
}

function questionOf({ account, question, askedAt, row, log }: Asked, look: Look): AskedQuestion[] {
  if (question.kind === 'kept') return [];
  const number = question.kind === 'after' ? question.line : question.kind === 'rule' ? question.fee : null;
  const lines = (log?.lines ?? []).map(({ message, amount, isRefused }) => ({
    face: look.face(message),
    amount,
    isRefused,
  }));
  return [
    {
      kind: question.kind,
      account,
      number,
      time: question.kind === 'at' ? question.time : null,
      askedAt,
      log: log && { balance: log.balance, lines },
      row: row && { balance: row.balance, says: row.says },
    },
  ];
}
