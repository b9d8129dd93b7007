/**
 * HTTP as services here speak it: a request about one message, and an answer that is a status. Simplified: every
 * request has a connection of its own (no keep-alive, no pool), and there are no bodies but the message.
 */
import type { MessageId } from '../kernel/bodies';
import type { ConnectionClosed, Tagged } from '../kernel/machine';
import type { Cargo } from '../kernel/part';

export interface HttpRequest extends Tagged {
  readonly type: 'HttpRequest';
  readonly message: MessageId;
  /** Which try of the caller this is, from 1. It goes into the facts of both sides. */
  readonly attempt: number;
}

export interface HttpResponse extends Tagged {
  readonly type: 'HttpResponse';
  readonly message: MessageId;
  readonly status: Status;
  /** Which service is to blame, when it failed. */
  readonly reason: string;
}

/** Done; cannot be read (asking again will not help); broken; something it needs is broken. */
export type Status = 200 | 400 | 500 | 502;

/** Why a call has no good answer. */
export type Trouble =
  /** The peer was down: it has not got the request. */
  | 'connection refused'
  /** The peer went down while it had the request: it may have done it or not. */
  | 'connection lost'
  | 'timeout'
  | '400'
  | '500'
  | '502';

export function troubleOf(closed: ConnectionClosed): Trouble {
  return closed.refused ? 'connection refused' : 'connection lost';
}

/** The token of a request or of its answer. */
export function cargoOf(command: Tagged): readonly Cargo[] {
  if (command.type !== 'HttpRequest' && command.type !== 'HttpResponse') return [];
  return [{ lane: null, messages: [(command as HttpRequest | HttpResponse).message] }];
}
