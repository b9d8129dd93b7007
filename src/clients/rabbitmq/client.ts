/**
 * One AMQP connection in the hands of a program: a facade's driver. What the program writes in one instant goes out at its
 * end, as amqplib gathers what is written in one turn of the host's loop; all that is heard is told to the script.
 */
import { exchangeAddress, type ClientMethod, type ServerMethod } from '../../brokers/rabbitmq/protocol';
import { factType } from '../../kernel/fact';
import type { Context, KernelCommand, Machine, Tagged } from '../../kernel/machine';
import {
  beatIfSilent,
  call,
  cloneLink,
  closeChannel,
  closeLink,
  endLink,
  flushOutbox,
  hear,
  socketClosed,
  newLink,
  openLink,
  write,
  type Heard,
  type Link,
  type LinkOptions,
} from './link';
import { peerIsSilent, type PulseReminder } from './pulse';

export interface ClientOptions extends LinkOptions {
  /** Name of the broker, for addresses. */
  readonly broker: string;
  /** Process of the node. */
  readonly host: string;
  /** Part that hears. */
  readonly replyTo: string;
}

export type ClientCommand =
  | { readonly type: 'Open' }
  | { readonly type: 'Call'; readonly ticket: number; readonly method: ClientMethod }
  | { readonly type: 'Write'; readonly method: ClientMethod }
  | {
      readonly type: 'CloseChannel';
      readonly ticket: number;
      readonly channel: number;
      readonly replyCode: number;
      readonly replyText: string;
    }
  | { readonly type: 'Close'; readonly ticket: number }
  /** Lets go of the connection without a word. */
  | { readonly type: 'Drop' };

/** Told to the script: what happened, in its order. */
export interface ClientHeard extends Tagged {
  readonly type: 'ClientHeard';
  readonly heard:
    | Heard
    | {
        readonly is: 'lost';
        readonly why: 'refused' | 'closed' | 'silent';
        readonly wasOpen: boolean;
      };
}

type Command = ClientCommand | ServerMethod | PulseReminder | { readonly type: 'FlushOutbox' };

interface Client {
  readonly options: ClientOptions;
  link: Link;
}

const Published = factType('published', 'MessagePublished');

export const machine: Machine<Client, Command, ClientOptions> = {
  kind: 'rabbitmq.client',
  init: newClient,
  apply,
  restart: (state) => void Object.assign(state, newClient(state.options)),
  clone: ({ options, link }) => ({ options, link: cloneLink(link) }),
};

function newClient(options: ClientOptions): Client {
  return { options, link: { ...newLink(options, options.host), outbox: new Map() } };
}

function apply(state: Client, command: Command | KernelCommand, context: Context): void {
  const { link } = state;
  switch (command.type) {
    case 'Start':
      return;
    case 'Open':
      return openLink(link, context);
    case 'Call':
      return call(link, command, context);
    case 'Write':
      return writeOut(state, command.method, context);
    case 'CloseChannel':
      return closeChannel(link, command.channel, command.ticket, context, command);
    case 'Close':
      return closeLink(link, command.ticket, context);
    case 'Drop':
      return endLink(link, context);
    case 'FlushOutbox':
      return flushOutbox(link, context);
    case 'BeatIfSilent':
      return beatIfSilent(link, context);
    case 'CheckPeer':
      if (!peerIsSilent(link.pulse, context)) return;
      endLink(link, context);
      return tell(state, { is: 'lost', why: 'silent', wasOpen: true }, context);
    case 'ConnectionClosed': {
      const wasOpen = link.phase !== 'opening';
      if (!socketClosed(link, command, context)) return;
      return tell(state, { is: 'lost', why: command.refused ? 'refused' : 'closed', wasOpen }, context);
    }
    default: {
      const heard = hear(link, command, context);
      if (heard.is !== 'ignored') tell(state, heard, context);
    }
  }
}

/** Every publish is a fact, and what carries the message is caused by it. */
function writeOut({ link, options }: Client, method: ClientMethod, context: Context): void {
  if (method.type !== 'BasicPublish') return write(link, method, context);
  const subject = exchangeAddress(options.broker, method.exchange);
  const cause = context.emit({ is: Published, subject, message: method.message });
  write(link, { ...method, cause }, context);
}

function tell({ options }: Client, heard: ClientHeard['heard'], context: Context): void {
  const said: ClientHeard = { type: 'ClientHeard', heard };
  context.tell(options.replyTo, said);
}
