import { describe, expect, test } from 'vitest';
import { part } from '../../src/services/account';
import { part as mail } from '../../src/services/mail';
import { Bodies } from '../../src/kernel/bodies';
import type { Handle } from '../../src/kernel/delivery';
import type { Tagged } from '../../src/kernel/machine';
import { ms } from '../../src/kernel/time';
import { seeded, transition, type Outcome } from '../helpers/transition';

const bodies = new Bodies();
const compose = (key: string | null, data: Readonly<Record<string, number>>) =>
  bodies.add({
    domain: 'ledger',
    type: 'Deposited',
    label: 'LG+500',
    key,
    version: 1,
    correlation: '',
    data,
  });
const message = compose('anna', { amount: 500 });

const handle = (of = message, once?: Handle['once']): Handle => ({
  type: 'Handle',
  ticket: 1,
  replyTo: 'driver',
  delivery: { message: of, source: 'kafka/entries/0', position: 4, group: 'account', cause: 77 },
  ...(once ? { once } : {}),
});

type State = ReturnType<typeof part.machine.init>;
const setting = { bodies, self: 'account', part: 'account', random: seeded(1) };
const start = (options = {}) => part.machine.init({ store: 'book', ...options });
const hand = (state: State, command: unknown) =>
  transition(part.machine, state, command as Tagged as never, setting);
/** Hands it a command, and whatever it then tells itself. */
function perform(state: State, command: unknown): Outcome<State> {
  let outcome = hand(state, command);
  for (const { command: own } of outcome.told.filter(({ part: to }) => to === 'account'))
    outcome = hand(outcome.state, own);
  return outcome;
}
const done = { type: 'TransactResponse', ticket: 1, fact: 5 };

describe('an account', () => {
  test('adds the amount to the balance in one transaction, and refuses what would go below zero', () => {
    expect(perform(start(), handle()).sent).toMatchObject([
      {
        to: 'book',
        message: {
          type: 'TransactRequest',
          writes: [{ key: 'anna', add: { field: 'balance', amount: 500, min: 0 } }],
          message,
          group: 'account',
          position: 4,
          cause: 77,
        },
      },
    ]);
  });

  test('with overdraft allowed asks for no lowest balance', () => {
    const { sent } = perform(start({ overdraft: true }), handle());
    expect((sent[0].message as any).writes[0].add).toEqual({ field: 'balance', amount: 500 });
  });

  test('takes the id it is given into the same transaction, first', () => {
    const { sent } = perform(start(), handle(message, { table: 'ids', key: 'e0' }));
    expect((sent[0].message as any).writes).toMatchObject([
      { table: 'ids', key: 'e0', insert: true },
      { key: 'anna' },
    ]);
  });

  test('is done when the store has answered, and says when it was done before', () => {
    const asked = perform(start(), handle()).state;
    expect(hand(asked, done).told).toEqual([{ part: 'driver', command: { type: 'Handled', ticket: 1 } }]);
    expect(hand(asked, { ...done, conflict: 'e0' }).told).toEqual([
      { part: 'driver', command: { type: 'Handled', ticket: 1, duplicate: true } },
    ]);
    expect(hand(asked, { ...done, conflict: 'e0' }).state.applied).toBe(0);
  });

  test('asks again when the store is gone, and an answer that comes twice counts once', () => {
    const lost = hand(perform(start(), handle()).state, {
      type: 'ConnectionClosed',
      connection: 1,
      peer: 'book/store',
    });
    expect(lost.facts).toMatchObject([{ kind: 'failed', type: 'WriteFailed', subject: 'book' }]);
    expect(lost.timers).toMatchObject([
      { at: ms(200), command: { type: 'AskAgain', to: 'book', ticket: 1 } },
    ]);
    const again = hand(lost.state, lost.timers[0].command);
    expect(again.sent).toHaveLength(1);
    const finished = hand(again.state, done);
    expect(finished.told).toHaveLength(1);
    expect(hand(finished.state, done).told).toEqual([]);
  });

  test.each([compose(null, { amount: 500 }), compose('anna', {})])(
    'skips what is no entry: no account, or no amount (%#)',
    (strange) => {
      const { sent, facts, told } = perform(start(), handle(strange));
      expect(sent).toEqual([]);
      expect(facts).toMatchObject([{ kind: 'skipped', type: 'NothingToBook' }]);
      expect(told).toMatchObject([{ part: 'driver', command: { type: 'Handled' } }]);
    },
  );

  test('a crash forgets what it was working on', () => {
    const { state } = perform(start(), handle());
    part.machine.restart(state);
    expect(state).toMatchObject({ entries: [], store: { open: [] } });
  });
});

describe('with mail', () => {
  const telling = start({ mail: 'post' });
  const received = hand(telling, handle());
  const told = hand(received.state, received.timers[0].command);

  test('writes to the customer first, and books when the mail is on its way', () => {
    expect(received.timers).toMatchObject([{ command: { type: 'Tell', step: 'mail' } }]);
    expect(told.sent).toMatchObject([{ to: 'post', message: { type: 'SendMail', message } }]);
    const sent = hand(told.state, { type: 'MailSent', ticket: 1 });
    expect(sent.told).toMatchObject([{ part: 'account', command: { type: 'Apply', step: 'apply' } }]);
    expect(hand(sent.state, sent.told[0].command).sent).toMatchObject([{ to: 'book' }]);
  });

  test('the provider sends whatever it is asked to, twice as well', () => {
    const request = told.sent[0].message;
    const post = { self: 'post' };
    const once = transition(mail.machine, mail.machine.init({}), request as never, post);
    const twice = transition(mail.machine, once.state, request as never, post);
    expect([once, twice].map(({ facts }) => facts[0])).toMatchObject([
      { kind: 'applied', type: 'MailSent', amount: 1, message },
      { kind: 'applied', type: 'MailSent', amount: 2, message },
    ]);
    expect(twice.replies).toEqual([{ connection: 1, message: { type: 'MailSent', ticket: 1 } }]);
  });
});
