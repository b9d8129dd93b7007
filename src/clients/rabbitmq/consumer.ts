/**
 * A consumer as a part: on one channel, with a prefetch limit, it hands what it is given to the part named by option
 * `handler`, as many at a time as `concurrency` says, and acknowledges each by itself, after its work or before it. When its
 * channel is lost it forgets what it has not begun: that will be delivered again. What it has begun goes on, and its
 * acknowledgement fails. amqplib calls its callback for all it is given at once; a program that works through one message
 * after another keeps them in a list, as this does. Left out: acknowledging several at a time, basic.get, transactions.
 */
import type { ServerMethod } from '../../brokers/rabbitmq/protocol';
import type { Handled, HandlingFailed } from '../../kernel/delivery';
import type { Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Part } from '../../kernel/part';
import { cargo } from '../../brokers/rabbitmq/protocol/cargo';
import { describeConsumer } from './consumer-picture';
import { cloneConsumer, newConsumer, type Consumer } from './consumer-state';
import { deliver, dropHeld, handled, handlingFailed, settleMessage, type SettleMessage } from './handling';
import { consumerOptions, readConsumerOptions, reconfigured } from './options';
import type { PulseReminder } from './pulse';
import { hearSession, takes, type Reconnect, type SessionCommand } from './session';
import {
  cancelledByServer,
  consuming,
  followDesign,
  leaveWhenDone,
  pause,
  resume,
  setUpOf,
  stop,
} from './subscribing';

/** No more deliveries for a while: the consumer is cancelled, and consumes again at Resume. */
type Told = { readonly type: 'Pause' } | { readonly type: 'Resume' } | { readonly type: 'Stop' };
type Command = Handled | HandlingFailed | SettleMessage | Told | ServerMethod | PulseReminder | Reconnect;

export const part: Part<Consumer, Command, GivenOptions> = {
  options: consumerOptions,
  machine: {
    kind: 'rabbitmq.consumer',
    init: (given) => newConsumer(readConsumerOptions(given)),
    apply,
    configure(state, changed) {
      state.options = reconfigured(state.options, changed);
    },
    restart(state) {
      Object.assign(state, newConsumer(state.options));
    },
    clone: cloneConsumer,
  },
  describe: describeConsumer,
  cargo,
};

function apply(state: Consumer, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    // once per message, so they come first
    case 'BasicDeliver':
      if (!takes(state.session, context)) return;
      deliver(state, command, context);
      return followDesign(state, context);
    case 'Handled':
      handled(state, command.ticket, context);
      return afterWork(state, context);
    case 'SettleMessage':
      settleMessage(state, command, context);
      return afterWork(state, context);
    case 'HandlingFailed':
      handlingFailed(state, command, context);
      return afterWork(state, context);
    case 'Pause':
      return pause(state, context);
    case 'Resume':
      return resume(state, context);
    case 'Stop':
      return stop(state, context);
    default:
      return network(state, command, context);
  }
}

function network(state: Consumer, command: SessionCommand, context: Context): void {
  const { session, options } = state;
  if (command.type === 'Reconnect' && state.stopped) return;
  const heard = hearSession(session, options, command, () => setUpOf(state), context);
  switch (heard.is) {
    case 'said':
      if (heard.method.type === 'BasicCancel') cancelledByServer(state, context);
      return;
    case 'ready':
    case 'answered':
      return consuming(state, heard.method);
    case 'lost':
      state.consumerTag = '';
      return dropHeld(state);
    case 'nothing':
      return;
  }
}

function afterWork(state: Consumer, context: Context): void {
  if (state.prefetch !== state.options.prefetch) followDesign(state, context);
  if (state.stopped) leaveWhenDone(state, context);
}
