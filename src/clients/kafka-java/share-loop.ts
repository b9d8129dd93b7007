/**
 * A share consumer that drives itself, as a program with a poll loop does: it polls, hands one record after the other to
 * the part named by `handler`, accepts what was handled and releases (or rejects: `on.failure`) what failed, and polls on,
 * which is when the broker hears of it.
 */
import type { Handle, Handled, HandlingFailed } from '../../kernel/delivery';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { deliveredBefore, deliveredNote } from '../kafka/delivered';
import { beginCall } from './share-calls';
import { accept, reject, release, type Held, type ShareConsumer } from './share-state';

const Delivered = factType('delivered', 'RecordDelivered');
const Redelivered = factType('redelivered', 'RecordRedelivered');

/** Nobody but itself waits for its polls. */
const itself = { ticket: -1, replyTo: '' };

/** Begins, or goes on with the next record, or polls when there is none. */
export function turn(state: ShareConsumer, context: Context): void {
  const { handler, topics } = state.options;
  if (handler === null || state.loop.isBusy || state.asking !== null) return;
  if (state.subscribed.length === 0) {
    beginCall(state, itself, { is: 'subscribe', topics }, context);
  }
  const record = state.held.find(({ type }) => type === null);
  if (record) hand(state, handler, record, context);
  else beginCall(state, itself, { is: 'poll', timeout: state.options.pollInterval }, context);
}

export function handled(state: ShareConsumer, command: Handled | HandlingFailed): void {
  if (command.ticket !== state.loop.ticket || !state.loop.isBusy) return;
  const type = command.type === 'Handled' ? accept : state.options.rejectsFailed ? reject : release;
  state.loop = { ...state.loop, isBusy: false };
  const index = state.held.findIndex((record) => record.type === null);
  state.held = state.held.map((record, at) => (at === index ? { ...record, type } : record));
}

function hand(state: ShareConsumer, handler: string, record: Held, context: Context): void {
  const { deliveryCount, message, offset: position, partition, topic } = record;
  const group = state.options.groupId;
  const source = `${state.metadata.cluster}/${topic}/${partition}`;
  const before = deliveredBefore(context.notes, deliveredNote(group, source), position);
  const cause = context.emit({
    ...{ is: before ? Redelivered : Delivered, subject: source, message, position, group },
    ...{ amount: deliveryCount, detail: context.self, cause: record.cause },
  });
  state.loop = { ticket: state.loop.ticket + 1, isBusy: true };
  const command: Handle = {
    ...{ type: 'Handle', ticket: state.loop.ticket, replyTo: context.part },
    delivery: { message, source, position, group, cause },
  };
  context.tell(handler, command);
}
