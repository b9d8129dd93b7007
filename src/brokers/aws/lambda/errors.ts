/** Lambda's refusals: the API model's exceptions, and the texts that were recorded of AWS. */
import type { ErrorResponse } from '../protocol/common';

const statusOf: Readonly<Record<string, number>> = {
  ResourceNotFoundException: 404,
  ResourceConflictException: 409,
  TooManyRequestsException: 429,
};

/** Thrown by whoever finds a mistake in a request; the door answers with it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly response: ErrorResponse;

  constructor(exception: string, message: string) {
    super(message);
    const httpStatus = statusOf[exception] ?? 400;
    this.response = {
      type: 'ErrorResponse',
      code: exception,
      exception,
      message,
      fault: 'Sender',
      httpStatus,
    };
  }
}

export function invalidValue(message: string): Refused {
  return new Refused('InvalidParameterValueException', message);
}

export function tooMuch(field: string, value: number, bound: number, than: 'greater' | 'less'): Refused {
  return new Refused(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must have value ${than} than or equal to ${bound}`,
  );
}

export const throttled = new Refused('TooManyRequestsException', 'Rate Exceeded.');
