/** SNS's refusals. Its codes are those of its exceptions without the word "Exception" (API reference, common errors). */
import { region, type ErrorResponse } from '../protocol/common';
import { arnComplaint } from '../protocol/resources';

/** Thrown by whoever finds a mistake in a request; the door answers with it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly response: ErrorResponse;

  constructor(code: string, message: string, httpStatus = 400) {
    super(message);
    const exception =
      code === 'ParameterValueInvalid' ? 'InvalidParameterValueException' : `${code}Exception`;
    this.response = { type: 'ErrorResponse', code, exception, message, fault: 'Sender', httpStatus };
  }
}

export function invalidParameter(what: string): Refused {
  return new Refused('InvalidParameter', `Invalid parameter: ${what}`);
}

export function notFound(what: string): Refused {
  return new Refused('NotFound', `${what} does not exist`, 404);
}

export function checkArn(parameter: string, arn: string | undefined): asserts arn is string {
  if (arn === undefined) throw invalidParameter(`${parameter} Reason: no value for required parameter`);
  const complaint = arnComplaint(arn);
  if (complaint !== null) throw invalidParameter(`${parameter} Reason: ${complaint}`);
  // what is another region's is nothing here (recorded: test_cross_region_access)
  if (parameter === 'TopicArn' && arn.split(':')[3] !== region) throw invalidParameter(parameter);
}
