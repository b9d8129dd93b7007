/** Sentences about calls over HTTP: orders, attempts, what hangs, what nobody waits for any more. */
import type { Sentence } from './words.en';

const because = (detail: string): string => (detail === '' ? '' : `: ${detail}`);
/** "for the 2nd time"; nothing for a first attempt. */
const again = (attempt: number): string => (attempt > 1 ? ` (attempt ${attempt})` : '');
/** "8.4 s", "250 ms". */
const span = (ms: number): string => (ms < 1000 ? `${ms} ms` : `${(Math.round(ms / 100) / 10).toFixed(1)} s`);

export const callTypes: Readonly<Record<string, Sentence>> = {
  OrderPlaced: ({ who, message }) => `${who} placed order ${message}`,
  OrderAnswered: ({ who, message }) => `${who} got its answer: order ${message} is accepted`,
  OrderFailed: ({ who, message, detail }) => `${who} was told that order ${message} failed${because(detail)}`,
  CallSent: ({ who, subject, message, amount }) => `${who} called ${subject} for ${message}${again(amount)}`,
  CallAnswered: ({ who, subject, message, amount }) =>
    `${subject} answered ${who} about ${message}${again(amount)}`,
  CallFailed: ({ who, subject, message, amount, detail }) =>
    `the call of ${who} to ${subject} for ${message} failed${again(amount)}${because(detail)}`,
  CallTimedOut: ({ who, subject, message, amount }) =>
    `${who} gave up waiting for ${subject} with ${message}${again(amount)}`,
  ConnectionRefused: ({ who, subject, message, amount }) =>
    `${subject} refused the connection of ${who} for ${message}${again(amount)}`,
  OrderPersisted: ({ who, message }) => `${who} stored ${message}`,
  RequestDuplicated: ({ who, subject, message }) =>
    `the request of ${who} to ${subject} for ${message} was sent twice`,
  RequestStalled: ({ who, message, amount }) => `${who} hangs with ${message} for ${span(amount)}`,
  RequestHandled: ({ who, message, amount }) => `${who} did its work for ${message}${again(amount)}`,
  RequestHandledUnheard: ({ who, message, amount }) =>
    `${who} did its work for ${message}${again(amount)}, though nobody waits for it any more`,
  RequestFailed: ({ who, message, amount, detail }) =>
    `${who} failed with ${message}${again(amount)}${because(detail)}`,
  RequestUnreadable: ({ who, message }) => `${who} cannot read the request for ${message}`,
  MessageUnreadable: ({ who, message, place }) => `${who} cannot read ${message}${place}`,

  ErrorRateSet: ({ subject, amount }) => `${subject} fails on ${amount} % of what it is asked`,
  ErrorsEnded: ({ subject }) => `${subject} fails no more than usual`,
  CallsStall: ({ subject, amount }) => `${amount} % of calls hang in ${subject}`,
  CallsStallNoMore: ({ subject }) => `calls hang in ${subject} no more than usual`,
  PoisonSet: ({ subject }) => `the next message of ${subject} will be one that nobody can read`,
};
