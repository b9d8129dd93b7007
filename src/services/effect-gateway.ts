/**
 * The one door to the world outside: whatever a line brings about there, such as an e-mail, goes through it. It knows
 * whether a line is new or read again, and as long as its gate is on, a replay reaches nobody (Fowler's gateway).
 */
import type { MessageId } from '../kernel/bodies';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import type { Row } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { Effect } from './account-protocol';

/** E-mails of one account. Replaced, never changed. */
interface Mailbox {
  readonly sent: number;
  readonly held: number;
  readonly last: MessageId;
  readonly changedAt: Time;
}

export interface EffectGateway {
  name: string;
  gate: boolean;
  mailboxes: Map<string, Mailbox>;
  sent: number;
}

const Sent = factType('published', 'CustomerMailed');
const Held = factType('skipped', 'MailHeld');

const options: readonly OptionSpec[] = [
  {
    name: 'gate',
    type: 'boolean',
    default: true,
    unit: '',
    source: 'hold what a replay would bring about outside',
    takes: 'nothing',
  },
];

export const part: Part<EffectGateway, Effect, GivenOptions> = {
  options,
  machine: {
    kind: 'effect-gateway',
    init: (given) => ({
      name: '',
      gate: optionReader(options, given).boolean('gate'),
      mailboxes: new Map(),
      sent: 0,
    }),
    apply,
    configure(state, changed) {
      if ('gate' in changed) state.gate = optionReader(options, changed).boolean('gate');
    },
    // what was sent is sent, whatever becomes of this process
    restart: () => undefined,
    clone: (state) => ({ ...state, mailboxes: new Map(state.mailboxes) }),
  },
  describe,
};

function apply(state: EffectGateway, command: Effect | KernelCommand, context: Context): void {
  if (command.type === 'Start') state.name = context.self;
  if (command.type !== 'Effect') return;
  const { account, message, isReplay } = command;
  const known = state.mailboxes.get(account);
  const { sent = 0, held = 0 } = known ?? {};
  const subject = `${context.self}/mail`;
  if (isReplay && state.gate) {
    context.emit({ is: Held, subject, message, detail: account });
    if (known) state.mailboxes.set(account, { ...known, held: held + 1 });
    return;
  }
  const mail = compose(++state.sent, account, message, context);
  state.mailboxes.set(account, { sent: sent + 1, held, last: mail, changedAt: context.now });
  context.emit({ is: Sent, subject, message: mail, amount: sent + 1, detail: account });
}

function compose(number: number, account: string, about: MessageId, context: Context): MessageId {
  const { correlation, label } = context.body(about);
  return context.compose({
    domain: 'notification',
    type: 'CustomerNotified',
    label: `NT${number < 10 ? `0${number}` : number}`,
    key: account,
    version: number,
    correlation,
    data: { by: 'mail', about: label },
  });
}

function describe(state: EffectGateway, look: Look): PartPicture {
  const keys = [...state.mailboxes.keys()].sort((a, b) => (a < b ? -1 : 1)).slice(0, look.rows);
  const rows = keys.map((key): Row => {
    const { sent, held, last, changedAt } = state.mailboxes.get(key)!;
    return { key, version: sent, fields: { sent, held }, changedAt, writes: sent, face: look.face(last) };
  });
  if (rows.length === 0) return {};
  const address = `${state.name}/mail`;
  const rowCount = state.mailboxes.size;
  return {
    shapes: [{ shape: 'store', address, name: 'mail', rows, rowCount, wipedAt: null, writes: state.sent }],
  };
}
