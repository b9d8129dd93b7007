/** Refusals, with the codes and texts of AWS (the API reference, and what was recorded from it). */
import type { ErrorResponse } from '../protocol/common';

const prefix = 'AWS.SimpleQueueService.';

/** Names of exceptions by the code that goes with them, and their HTTP status where it is not 400 (the API's model). */
const exceptions: Readonly<Record<string, readonly [exception: string, status?: number]>> = {
  InvalidParameterValue: ['InvalidParameterValueException'],
  MissingParameter: ['MissingRequiredParameterException'],
  QueueAlreadyExists: ['QueueNameExists'],
  [`${prefix}NonExistentQueue`]: ['QueueDoesNotExist'],
  [`${prefix}PurgeQueueInProgress`]: ['PurgeQueueInProgress', 403],
  [`${prefix}QueueDeletedRecently`]: ['QueueDeletedRecently'],
  [`${prefix}EmptyBatchRequest`]: ['EmptyBatchRequest'],
  [`${prefix}TooManyEntriesInBatchRequest`]: ['TooManyEntriesInBatchRequest'],
  [`${prefix}BatchEntryIdsNotDistinct`]: ['BatchEntryIdsNotDistinct'],
  [`${prefix}BatchRequestTooLong`]: ['BatchRequestTooLong'],
  [`${prefix}InvalidBatchEntryId`]: ['InvalidBatchEntryId'],
  ReceiptHandleIsInvalid: ['ReceiptHandleIsInvalid'],
  OverLimit: ['OverLimit', 403],
  RequestThrottled: ['RequestThrottled', 403],
  ResourceNotFoundException: ['ResourceNotFoundException', 404],
};

export function refusal(code: string, message: string): ErrorResponse {
  const [exception, httpStatus = 400] = exceptions[code] ?? [code];
  return { type: 'ErrorResponse', code, exception, message, fault: 'Sender', httpStatus };
}

export function isRefusal(answer: object): answer is ErrorResponse {
  return 'type' in answer && answer.type === 'ErrorResponse';
}

/** "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: …" */
export function invalidValue(value: string | number, parameter: string, reason: string): ErrorResponse {
  return refusal(
    'InvalidParameterValue',
    `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}

export function missing(parameter: string): ErrorResponse {
  return refusal('MissingParameter', `The request must contain the parameter ${parameter}.`);
}

export const noSuchQueue = refusal(`${prefix}NonExistentQueue`, 'The specified queue does not exist.');

export function batchRefusal(code: string, message: string): ErrorResponse {
  return refusal(prefix + code, message);
}

export function notAHandle(handle: string): ErrorResponse {
  return refusal(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );
}

export function handleExpired(handle: string): ErrorResponse {
  return invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
}
