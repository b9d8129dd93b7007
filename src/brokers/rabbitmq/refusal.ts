/** How the broker refuses: an exception of the protocol closes the channel, or by its code the connection. */
import { replyCodes, type ReplyName } from './protocol';
import type { Refusal } from './queue-type';

/** Thrown while a method is looked at, before anything is changed; caught where its channel is known. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;
  /** Queue that cannot be reached now: it is looked for once more before this is said. */
  readonly awaits: string | null;

  constructor(name: ReplyName, text: string, awaits: string | null = null) {
    super(text);
    this.refusal = { name, text };
    this.awaits = awaits;
  }
}

/** Those that close the channel only (rabbit_framing_amqp_0_9_1.erl). */
const soft: ReadonlySet<ReplyName> = new Set<ReplyName>([
  'CONTENT_TOO_LARGE',
  'NO_ROUTE',
  'ACCESS_REFUSED',
  'NOT_FOUND',
  'RESOURCE_LOCKED',
  'PRECONDITION_FAILED',
]);

export function closesConnection({ name }: Refusal): boolean {
  return !soft.has(name);
}

export function replyOf({ name, text }: Refusal): { readonly replyCode: number; readonly replyText: string } {
  return { replyCode: replyCodes[name], replyText: text === '' ? name : `${name} - ${text}` };
}

/** As rabbit_misc:rs/1 says it. */
export function inQueue(name: string): string {
  return `queue '${name}' in vhost '/'`;
}

export function inExchange(name: string): string {
  return `exchange '${name}' in vhost '/'`;
}
