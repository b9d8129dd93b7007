/** Errors as the SDK throws them: a class for each that the API model names, the service's own class for all others. */
import type { ErrorResponse } from '../../brokers/aws/protocol/common';

/** The program asks for something of the SDK that the simulation does not have. */
export class NotSimulated extends Error {
  override readonly name = 'NotSimulated';
}

interface Metadata {
  readonly httpStatusCode: number;
  readonly requestId: string;
  attempts: number;
  totalRetryDelay: number;
}

interface Details {
  readonly name: string;
  readonly $fault: 'client' | 'server';
  readonly message?: string;
  readonly $metadata: Metadata;
}

/** @smithy/smithy-client. */
class ServiceException extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: Metadata;
  constructor({ name, message, $fault, $metadata }: Details) {
    super(message);
    this.name = name;
    this.$fault = $fault;
    this.$metadata = $metadata;
  }
}

type ErrorClass = new (details: Details) => ServiceException;

/** Error classes of one service, by name; the first is the base of all others. */
export type ErrorClasses = ReadonlyMap<string, ErrorClass>;

export function errorClasses(base: string, names: readonly string[]): ErrorClasses {
  const Base = named(base, ServiceException);
  return new Map([[base, Base], ...names.map((name) => [name, named(name, Base)] as const)]);
}

function named(name: string, Base: ErrorClass): ErrorClass {
  return { [name]: class extends Base {} }[name];
}

/** What the SDK makes of a refusal. Of a code that the model does not name it makes the service's class, with the code as name. */
export function toError(
  classes: ErrorClasses,
  response: ErrorResponse,
  requestId: string,
  codes: boolean,
): Error {
  const { code, exception, message, fault, httpStatus } = response;
  const name = [exception, code, `${code}Exception`].find((candidate) => classes.has(candidate)) ?? code;
  const ClassOfError = classes.get(name) ?? [...classes.values()][0];
  const error = new ClassOfError({
    name,
    message,
    $fault: fault === 'Sender' ? 'client' : 'server',
    $metadata: { httpStatusCode: httpStatus, requestId, attempts: 1, totalRetryDelay: 0 },
  });
  // the query protocol's fields; Lambda has another protocol
  return codes
    ? Object.assign(error, { Type: fault, Code: code, Error: { Code: code, Type: fault, Message: message } })
    : Object.assign(error, { Type: fault === 'Sender' ? 'User' : 'Service' });
}

/** What Node says when nobody answers. */
export function networkError(refused: boolean): Error {
  return refused
    ? Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', $metadata: {} })
    : Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $metadata: {} });
}

export function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
