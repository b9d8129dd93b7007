import type { BasicPublish } from '../../brokers/rabbitmq/protocol';
import type { ProducerOptions } from './options';
import { cloneSession, newSession, type Session } from './session';

export interface Producer {
  readonly options: ProducerOptions;
  session: Session;
  /** Calls that are not settled, by number. */
  sends: Map<number, Send>;
  lastSend: number;
  /** Waits for a channel, in this order. */
  backlog: Entry[];
  /** Sent and not confirmed: a window over the channel's numbers; null where one is confirmed. The first is at `head`. */
  unconfirmed: (Entry | null)[];
  head: number;
  /** Number of the message at `head`. */
  firstSeq: number;
}

/** A message on its way. Immutable. */
export interface Entry {
  /** The call it belongs to. */
  readonly send: number;
  readonly method: BasicPublish;
}

export interface Send {
  readonly ticket: number;
  readonly replyTo: string;
  /** Address of the exchange it publishes to. */
  readonly subject: string;
  /** Messages that are not settled. */
  left: number;
  /** Why one of them failed. */
  error: string | null;
}

/** A producer that has just been created: it is connected to nobody and owes nothing. */
export function newProducer(options: ProducerOptions): Producer {
  return {
    ...{ options, session: newSession(options), sends: new Map(), lastSend: 0 },
    ...{ backlog: [], unconfirmed: [], head: 0, firstSeq: 1 },
  };
}

export function cloneProducer(producer: Producer): Producer {
  const { session, sends, backlog, unconfirmed } = producer;
  return {
    ...producer,
    session: cloneSession(session),
    sends: new Map([...sends].map(([number, send]) => [number, { ...send }])),
    backlog: backlog.slice(),
    unconfirmed: unconfirmed.slice(),
  };
}
