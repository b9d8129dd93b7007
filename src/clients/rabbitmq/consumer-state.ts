import type { BasicDeliver } from '../../brokers/rabbitmq/protocol';
import type { Time } from '../../kernel/time';
import type { ConsumerOptions } from './options';
import { cloneSession, newSession, type Session } from './session';

/** A message it was given. Immutable. */
export interface Held {
  readonly method: BasicDeliver;
  readonly since: Time;
}

/** A message in the hands of its handler. */
export interface Job {
  readonly held: Held;
  readonly ticket: number;
  /** Acknowledged, or it need not be. */
  isSettled: boolean;
  /** Its channel is gone: it will be delivered again, and cannot be acknowledged. */
  isStale: boolean;
  /** The handler has it; false while it acknowledges first. */
  isHandedOver: boolean;
}

export interface Consumer {
  options: ConsumerOptions;
  session: Session;
  /** By which the broker knows it; '': it does not consume. */
  consumerTag: string;
  /** The limit that it consumes with. */
  prefetch: number;
  /** Given and not begun; the first is at `head`. */
  waiting: Held[];
  head: number;
  /** In the order they were begun. */
  jobs: Job[];
  lastTicket: number;
  paused: boolean;
  stopped: boolean;
}

/** A consumer that has just been created. */
export function newConsumer(options: ConsumerOptions): Consumer {
  return {
    ...{ options, session: newSession(options), consumerTag: '', prefetch: options.prefetch },
    ...{ waiting: [], head: 0, jobs: [], lastTicket: 0, paused: false, stopped: false },
  };
}

export function cloneConsumer(consumer: Consumer): Consumer {
  const { session, waiting, jobs } = consumer;
  return {
    ...consumer,
    session: cloneSession(session),
    waiting: waiting.slice(),
    jobs: jobs.map((job) => ({ ...job })),
  };
}
