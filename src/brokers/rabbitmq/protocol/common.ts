/** What every method has, values of field tables, and the errors that close channels and connections (AMQP 0-9-1, 1.2). */
import type { FactId } from '../../../kernel/fact';
import type { MessageId } from '../../../kernel/bodies';
import type { Tagged } from '../../../kernel/machine';

/** A method on a channel. 0 is the connection itself. */
export interface Method extends Tagged {
  readonly channel: number;
}

/**
 * A value of a field table as amqplib writes it: whole numbers are integers, others doubles; what has another type than
 * its JavaScript value says which (`{ '!': 'timestamp', value }`). `undefined` and null are void.
 */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue };

export type FieldTable = Readonly<Record<string, FieldValue>>;

/** Properties of basic content (AMQP 0-9-1, 4.2.6.1). Absent: not set. */
export interface Properties {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  readonly headers?: FieldTable;
  /** 1 transient, 2 persistent. */
  readonly deliveryMode?: number;
  readonly priority?: number;
  readonly correlationId?: string;
  readonly replyTo?: string;
  /** Milliseconds as text. */
  readonly expiration?: string;
  readonly messageId?: string;
  /** Seconds since 1970, as the wire has it. */
  readonly timestamp?: number;
  readonly type?: string;
  readonly userId?: string;
  readonly appId?: string;
  readonly clusterId?: string;
}

/** A message's content: the body by its identity, and how long it is on the wire. */
export interface Content {
  readonly message: MessageId;
  readonly properties: Properties;
  readonly sizeBytes: number;
  /** The published fact. */
  readonly cause: FactId;
}

/** Reply codes (AMQP 0-9-1, 1.2 and RabbitMQ's own) by their names. */
export const replyCodes = {
  REPLY_SUCCESS: 200,
  CONTENT_TOO_LARGE: 311,
  NO_ROUTE: 312,
  CONNECTION_FORCED: 320,
  ACCESS_REFUSED: 403,
  NOT_FOUND: 404,
  RESOURCE_LOCKED: 405,
  PRECONDITION_FAILED: 406,
  FRAME_ERROR: 501,
  SYNTAX_ERROR: 502,
  COMMAND_INVALID: 503,
  CHANNEL_ERROR: 504,
  UNEXPECTED_FRAME: 505,
  RESOURCE_ERROR: 506,
  NOT_ALLOWED: 530,
  NOT_IMPLEMENTED: 540,
  INTERNAL_ERROR: 541,
} as const;

export type ReplyName = keyof typeof replyCodes;
