/**
 * A program that polls a queue of SQS through the AWS SDK for JavaScript v3, as a part: it receives up to ten messages with
 * a long poll, hands them to the part named by option `handler`, as many at a time as `concurrency` says, and deletes each
 * after its work (or before), or all of a receive together. It receives again when it has handed over all it has. Messages
 * it holds are hidden from others for the visibility timeout, and longer where it sends heartbeats; it does not notice when
 * one has come to its end. After libraries such programs use (sqs-consumer).
 */
import type { ReceiveMessageResponse } from '../../brokers/aws/sqs/protocol';
import { cargoOfAws } from '../../brokers/aws/protocol/cargo';
import type { Handled, HandlingFailed } from '../../kernel/delivery';
import type { Context, KernelCommand, Tagged } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Part } from '../../kernel/part';
import { hearCalls, type Settled } from './calls';
import { describeConsumer } from './consumer-picture';
import { cloneConsumer, newConsumer, type Consumer, type Purpose } from './consumer-state';
import {
  deletionEnded,
  handled,
  handlingFailed,
  handOver,
  sendDeletion,
  type DeleteMessages,
  type MessagesDeleted,
} from './handling';
import { changedOptions, consumerOptions, readConsumerOptions } from './options';
import { beat, receive, received, receiveFailed } from './receive';

type Command = Handled | HandlingFailed | DeleteMessages | MessagesDeleted | Tagged;

export const part: Part<Consumer, Command, GivenOptions> = {
  options: consumerOptions,
  machine: {
    kind: 'aws.consumer',
    init: newConsumer,
    apply,
    configure(state, changed) {
      const given = changedOptions(consumerOptions, state.given, changed);
      // throws where they are no good: then nothing has changed
      Object.assign(state, { given, options: readConsumerOptions(given) });
    },
    restart(state) {
      Object.assign(state, newConsumer(state.given));
    },
    clone: cloneConsumer,
  },
  describe: describeConsumer,
  cargo: cargoOfAws,
};

function apply(state: Consumer, command: Command | KernelCommand, context: Context): void {
  hear(state, command, context);
  handOver(state, context);
  receive(state, context);
}

function hear(state: Consumer, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handled':
      return handled(state, (command as Handled).ticket, context);
    case 'HandlingFailed': {
      const { ticket, error } = command as HandlingFailed;
      return handlingFailed(state, ticket, error, context);
    }
    case 'DeleteMessages':
      return sendDeletion(state, command as DeleteMessages, context);
    case 'MessagesDeleted':
      return deletionEnded(state, command as MessagesDeleted, context);
    case 'Heartbeat':
      return beat(state, context);
    case 'Pause':
      state.paused = true;
      return;
    case 'Resume':
      state.paused = false;
      return;
    case 'Stop':
      // what it has in hand is finished; nothing more is received
      state.stopped = true;
      return;
    case 'ReceiveAgain':
      state.receiving = false;
      return;
    case 'Start':
      return;
    default: {
      const settled = hearCalls(state.calls, state.options, command, context);
      if (settled) callSettled(state, settled, context);
    }
  }
}

function callSettled(state: Consumer, settled: Settled<Purpose>, context: Context): void {
  const { purpose } = settled;
  if (purpose.is === 'receive') {
    if (settled.is === 'failed') receiveFailed(context);
    else received(state, settled.answer as ReceiveMessageResponse, context);
  } else if (purpose.is === 'delete') {
    const { held } = purpose;
    const failed = settled.is === 'failed';
    const step: MessagesDeleted = { type: 'MessagesDeleted', step: 'deleted', held, failed };
    context.tell(context.part, step);
  }
}
