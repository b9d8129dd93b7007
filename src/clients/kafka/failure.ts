import type { ErrorCode } from '../../brokers/kafka/protocol';

/** Something that went wrong, as kafkajs would throw it (kafkajs errors.js). Plain data, so it can wait in a state. */
export interface Failure {
  /** Class name of the error. */
  readonly name: string;
  /** Error code of the protocol; '' when it did not come from the broker's answer. */
  readonly type: ErrorCode | '';
  readonly message: string;
  /** Whether kafkajs's retrier would try again. */
  readonly retriable: boolean;
  /** Whether a crashed consumer would start again: the original cause is worth another try. */
  readonly restart: boolean;
  /** How long a crashed consumer then waits, where the retrier says so. Milliseconds. */
  readonly retryTimeMs?: number;
}

/** Codes kafkajs holds for retriable, as far as this protocol has them (kafkajs protocol/error.js). */
const retriableCodes: readonly ErrorCode[] = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NOT_LEADER_OR_FOLLOWER',
  'REQUEST_TIMED_OUT',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'LEADER_NOT_AVAILABLE',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'OFFSET_NOT_AVAILABLE',
];

/** A coded error in a response. */
export function protocolFailure(type: ErrorCode): Failure {
  const retriable = retriableCodes.includes(type);
  return { name: 'KafkaJSProtocolError', type, message: type, retriable, restart: retriable };
}

/** The peer closed the connection, or refused it. */
export function connectionClosed(host: string): Failure {
  const message = `Closed connection to ${host}`;
  return { name: 'KafkaJSConnectionClosedError', type: '', message, retriable: true, restart: true };
}

/** Nobody listens there: the process is down. */
export function connectionRefused(host: string): Failure {
  const message = `Connection error: connect ECONNREFUSED ${host}`;
  return { name: 'KafkaJSConnectionError', type: '', message, retriable: true, restart: true };
}

/** Nobody answers there, or nobody does any more. */
export function isUnreachable({ name }: Failure): boolean {
  return name === 'KafkaJSConnectionClosedError' || name === 'KafkaJSConnectionError';
}

/** No answer within the request's timeout. The connection stays open and the request may still be carried out. */
export function requestTimedOut(api: string): Failure {
  const message = `Request ${api} timed out`;
  return { name: 'KafkaJSRequestTimeoutError', type: '', message, retriable: true, restart: true };
}

export function metadataNotLoaded(topic: string): Failure {
  const message = `Producing to topic without metadata: ${topic}`;
  return { name: 'KafkaJSMetadataNotLoaded', type: '', message, retriable: true, restart: true };
}

const unrecoverable = ['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError'];

/**
 * A handler threw. `error` is "Name: message" or just a message. Programming errors are not tried again
 * (kafkajs retry/index.js UNRECOVERABLE_ERRORS).
 */
export function handlerFailure(error: string): Failure {
  const retriable = !unrecoverable.includes(error.split(':', 1)[0]);
  return { name: 'Error', type: '', message: error, retriable, restart: false };
}

/** The retrier gave up. A consumer that dies of it starts again after what would have been the next wait. */
export function retriesExceeded({ type, message }: Failure, retryTimeMs: number): Failure {
  return {
    name: 'KafkaJSNumberOfRetriesExceeded',
    type,
    message,
    retriable: false,
    restart: true,
    retryTimeMs,
  };
}

/** The retrier met something it does not retry. */
export function notRetriable({ type, message, restart }: Failure): Failure {
  return { name: 'KafkaJSNonRetriableError', type, message, retriable: false, restart };
}

/** The group has moved on and wants the member to join again (kafkajs errors.js isRebalancing). */
export function isRebalancing({ type }: Failure): boolean {
  return type === 'REBALANCE_IN_PROGRESS' || type === 'NOT_COORDINATOR' || type === 'ILLEGAL_GENERATION';
}
