/**
 * A provider of e-mail. Every request it is sent is a mail that goes out: it asks nobody whether there was one like it
 * before. Drawn as what has been sent, one row for each mail.
 */
import { factType } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand } from '../kernel/machine';
import type { GivenOptions } from '../kernel/options';
import type { Look, Part, PartPicture } from '../kernel/part';
import type { Row } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { MailSent, SendMail } from './mail-protocol';

export interface Mail {
  /** Name of its process, once it has been started: it describes itself under that address. */
  name: string;
  sent: readonly { readonly message: MessageId; readonly at: Time }[];
}

const Sent = factType('applied', 'MailSent');

export const part: Part<Mail, SendMail, GivenOptions> = {
  options: [],
  machine: {
    kind: 'mail',
    init: () => ({ name: '', sent: [] }),
    apply,
    // what has gone out has gone out
    restart: () => undefined,
    clone: (state) => ({ ...state }),
  },
  describe,
};

function apply(state: Mail, command: SendMail | KernelCommand, context: Context): void {
  if (command.type === 'Start') state.name = context.self;
  if (command.type !== 'SendMail') return;
  const { ticket, message, position, group, cause } = command;
  state.sent = [...state.sent, { message, at: context.now }];
  const amount = state.sent.length;
  context.emit({ is: Sent, subject: context.self, message, position, group, amount, cause });
  const response: MailSent = { type: 'MailSent', ticket };
  context.reply(context.connection, response);
}

function describe({ name, sent }: Mail, look: Look): PartPicture {
  const first = Math.max(0, sent.length - look.rows);
  const rows = sent.slice(first).map(({ message, at }, index): Row => {
    const face = look.face(message);
    const key = String(first + index + 1);
    return { key, version: 1, fields: {}, changedAt: at, writes: 1, face, value: face.label };
  });
  const [rowCount, writes] = [sent.length, sent.length];
  return { shapes: [{ shape: 'store', address: name, name, rows, rowCount, wipedAt: null, writes }] };
}
