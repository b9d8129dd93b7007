/**
 * A connection with one channel that is made again when it is lost, as programs do by hand and amqplib with its option
 * `recovery` (lib/recovery.js): after 100 ms, then twice as long each time, up to half a minute, give or take a fifth.
 * With several nodes the next one is tried.
 */
import type { ClientMethod, ServerMethod } from '../../brokers/rabbitmq/protocol';
import { factType } from '../../kernel/fact';
import type { ConnectionClosed, Context, Start, TimerId } from '../../kernel/machine';
import type { Duration } from '../../kernel/time';
import {
  beatIfSilent,
  call,
  cloneLink,
  endLink,
  hear,
  isOn,
  newLink,
  openLink,
  socketClosed,
  type Link,
} from './link';
import type { ConnectingOptions, Recovery } from './options';
import { peerIsSilent, type PulseReminder } from './pulse';

/** The one channel. */
export const channelNumber = 1;

export interface Session {
  link: Link;
  /** Index of the node it is connected to, or tries. */
  host: number;
  /** Next wait without its jitter; 0: it has not failed since it worked last. */
  wait: Duration;
  /** Its next try; 0: none. */
  timer: TimerId;
  /** The channel can be used. */
  isReady: boolean;
}

/** The driver's own reminder to try again. */
export type Reconnect = { readonly type: 'Reconnect' };

export type SessionCommand = PulseReminder | Reconnect | ServerMethod | ConnectionClosed | Start;

/** What a command means to the driver: everything but this has been dealt with. */
export type SessionHeard =
  /** `method` answers the last of what it was set up with. */
  | { readonly is: 'ready'; readonly method: ServerMethod }
  | { readonly is: 'answered'; readonly method: ServerMethod }
  | { readonly is: 'said'; readonly method: ServerMethod }
  /** The channel is gone, and all that was under way on it. `isRefusal`: by the server, for something that was asked of it. */
  | { readonly is: 'lost'; readonly why: string; readonly isRefusal: boolean }
  | { readonly is: 'nothing' };

const nothing: SessionHeard = { is: 'nothing' };

const ChannelClosed = factType('failed', 'ChannelClosed');
const ConnectionLost = factType('failed', 'ConnectionLost');

export function newSession(options: ConnectingOptions): Session {
  return { link: newLink(options.link, options.hosts[0]), host: 0, wait: 0, timer: 0, isReady: false };
}

export function cloneSession(session: Session): Session {
  return { ...session, link: cloneLink(session.link) };
}

/** What is delivered and confirmed, most of all there is, needs no more than this: false while its channel is not there. */
export function takes({ link, isReady }: Session, context: Context): boolean {
  link.pulse.received = true;
  return isReady && isOn(link, context);
}

/** Everything the network and the clock have to say. `setUp`: what the channel begins with, before it is ready. */
export function hearSession(
  session: Session,
  options: ConnectingOptions,
  command: SessionCommand,
  setUp: () => readonly ClientMethod[],
  context: Context,
): SessionHeard {
  const { link } = session;
  switch (command.type) {
    case 'Start':
      openLink(link, context);
      return nothing;
    case 'Reconnect':
      return tryAgain(session, options, setUp, context);
    case 'BeatIfSilent':
      beatIfSilent(link, context);
      return nothing;
    case 'CheckPeer':
      if (!peerIsSilent(link.pulse, context)) return nothing;
      endLink(link, context);
      return lost(session, options, 'Heartbeat timeout', context);
    case 'ConnectionClosed': {
      if (!socketClosed(link, command, context)) return nothing;
      const why = command.refused ? 'connect ECONNREFUSED' : 'read ECONNRESET';
      return lost(session, options, why, context);
    }
    default:
      return heardFrom(session, options, command, setUp, context);
  }
}

function heardFrom(
  session: Session,
  options: ConnectingOptions,
  command: ServerMethod,
  setUp: () => readonly ClientMethod[],
  context: Context,
): SessionHeard {
  const heard = hear(session.link, command, context);
  switch (heard.is) {
    case 'opened':
      openChannel(session, setUp, context);
      return nothing;
    case 'answered': {
      // tickets count down to the last method of the set-up
      if (heard.rpc.ticket > 0) return nothing;
      if (session.isReady || heard.rpc.ticket < 0) return { is: 'answered', method: heard.method };
      session.isReady = true;
      session.wait = 0;
      return { is: 'ready', method: heard.method };
    }
    case 'channel closed': {
      const why = heard.by?.replyText ?? 'channel closed';
      context.emit({ is: ChannelClosed, subject: context.self, detail: why });
      return lost(session, options, why, context, true);
    }
    case 'connection closed':
      return heard.by ? lost(session, options, heard.by.replyText, context) : nothing;
    case 'said':
      return heard;
    case 'ignored':
      return nothing;
  }
}

function openChannel(session: Session, setUp: () => readonly ClientMethod[], context: Context): void {
  const methods: readonly ClientMethod[] = [{ type: 'ChannelOpen', channel: channelNumber }, ...setUp()];
  methods.forEach((method, index) =>
    call(session.link, { ticket: methods.length - 1 - index, method }, context),
  );
}

/** A method with an answer once the channel is ready: heard as `answered`. */
export function callOn(session: Session, method: ClientMethod, context: Context): void {
  call(session.link, { ticket: -1, method }, context);
}

function lost(
  session: Session,
  options: ConnectingOptions,
  why: string,
  context: Context,
  isRefusal = false,
): SessionHeard {
  const { recovery } = options;
  if (session.isReady && !isRefusal) context.emit({ is: ConnectionLost, subject: context.self, detail: why });
  session.isReady = false;
  if (recovery.enabled && session.timer === 0) {
    const reminder: Reconnect = { type: 'Reconnect' };
    session.timer = context.after(nextWait(session, recovery, context), reminder);
  }
  return { is: 'lost', why, isRefusal };
}

/** A channel that was closed is opened again; a connection that was lost is made again, to the next node. */
function tryAgain(
  session: Session,
  { hosts }: ConnectingOptions,
  setUp: () => readonly ClientMethod[],
  context: Context,
): SessionHeard {
  const { link } = session;
  session.timer = 0;
  if (link.phase === 'open') openChannel(session, setUp, context);
  else {
    session.host = (session.host + 1) % hosts.length;
    link.host = hosts[session.host];
    openLink(link, context);
  }
  return nothing;
}

/** lib/recovery.js calculateBuiltinDelay: the jitter never takes it past the longest wait. */
function nextWait(session: Session, recovery: Recovery, context: Context): Duration {
  const { initialDelay, maxDelay, factor, jitter } = recovery;
  const longest = maxDelay / (1 + jitter);
  session.wait = Math.min(longest, session.wait === 0 ? initialDelay : session.wait * factor);
  const spread = session.wait * jitter;
  return Math.max(0, Math.round(session.wait + (context.random('recovery').unit() * 2 - 1) * spread));
}
