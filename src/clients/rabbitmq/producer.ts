/**
 * A publisher as a part: takes `Publish` from a service beside it and speaks AMQP on one channel, which confirms unless told
 * otherwise. A call is answered when all its messages are confirmed; without confirms as soon as they are written, whatever
 * becomes of them. Left out: transactions, properties other than the delivery mode.
 */
import type { ClientMethod, ServerMethod } from '../../brokers/rabbitmq/protocol';
import type { Publish } from '../../kernel/delivery';
import type { Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Look, Part, PartPicture } from '../../kernel/part';
import type { Face } from '../../kernel/shape';
import { cargo } from '../../brokers/rabbitmq/protocol/cargo';
import { producerOptions, readProducerOptions } from './options';
import { cloneProducer, newProducer, type Entry, type Producer } from './producer-state';
import { channelLost, confirmed, publish, returned, sendBacklog } from './publishing';
import type { PulseReminder } from './pulse';
import { channelNumber, hearSession, takes, type Reconnect, type SessionCommand } from './session';

type Command = Publish | ServerMethod | PulseReminder | Reconnect;

/** How many unsettled messages the picture names. */
const unsettledShown = 40;

const confirming: readonly ClientMethod[] = [{ type: 'ConfirmSelect', channel: channelNumber }];
const setUps = { plain: () => [], confirming: () => confirming };

export const part: Part<Producer, Command, GivenOptions> = {
  options: producerOptions,
  machine: {
    kind: 'rabbitmq.producer',
    init: (given) => newProducer(readProducerOptions(given)),
    apply,
    restart(state) {
      Object.assign(state, newProducer(state.options));
    },
    clone: cloneProducer,
  },
  describe,
  cargo,
};

function apply(state: Producer, command: Command | KernelCommand, context: Context): void {
  const { session } = state;
  switch (command.type) {
    case 'Publish':
      return publish(state, command, context);
    case 'BasicAck':
    case 'BasicNack':
      if (takes(session, context)) confirmed(state, command, context);
      return;
    case 'BasicReturn':
      if (takes(session, context)) returned(state, command, context);
      return;
    default:
      return network(state, command, context);
  }
}

function network(state: Producer, command: SessionCommand, context: Context): void {
  const { session, options } = state;
  const heard = hearSession(
    session,
    options,
    command,
    options.confirm ? setUps.confirming : setUps.plain,
    context,
  );
  switch (heard.is) {
    case 'ready':
      return sendBacklog(state, context);
    case 'lost':
      return channelLost(state, heard.why, !heard.isRefusal, context);
    case 'said':
    case 'answered':
    case 'nothing':
      return;
  }
}

function describe({ unconfirmed, head, backlog }: Producer, look: Look): PartPicture {
  const faces = (entries: readonly (Entry | null)[]): Face[] =>
    entries
      .filter((entry) => entry !== null)
      .slice(0, unsettledShown)
      .map(({ method }) => look.face(method.message));
  const unsettled = [...faces(unconfirmed.slice(head, head + 2 * unsettledShown)), ...faces(backlog)];
  return { process: { unsettled: unsettled.slice(0, unsettledShown) } };
}
