/**
 * What the AWS services have in common on the wire. One call of an API is one request of the kernel and one answer:
 * the message has the name and the fields of the API reference, signatures and credentials are left out (everybody is
 * the one account). Service errors are answers too.
 */
import type { Tagged } from '../../../kernel/machine';
import type { Time } from '../../../kernel/time';

/** A refusal. Errors of these services carry no other fields than their message. */
export interface ErrorResponse extends Tagged {
  readonly type: 'ErrorResponse';
  /** The code as documented and as botocore shows it: "AWS.SimpleQueueService.NonExistentQueue", "InvalidParameterValue". */
  readonly code: string;
  /** Name of the exception's shape in the API model, where it is another: "QueueDoesNotExist", "InvalidParameterValueException". */
  readonly exception: string;
  readonly message: string;
  readonly fault: 'Sender' | 'Receiver';
  readonly httpStatus: number;
}

/** A user's attribute of a message. SNS says `Type` and `Value` in its JSON; the API calls are alike. */
export interface MessageAttributeValue {
  /** "String", "Number" or "Binary", with an optional label after a dot: "Number.int"; SNS has "String.Array" too. */
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64, as the JSON protocol has it. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

export const accountId = '000000000000';
export const region = 'us-east-1';

/** "arn:aws:sqs:us-east-1:000000000000:orders". */
export function arnOf(service: string, name: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${name}`;
}

/** Service and name of a resource, from its ARN or from the short form that scenarios write ("sqs/orders"). */
export function resourceOf(address: string): { readonly service: string; readonly name: string } | null {
  if (address.startsWith('arn:')) {
    const parts = address.split(':');
    if (parts.length < 6) return null;
    // a function's ARN says "function:resize"
    return {
      service: parts[2],
      name: parts[5] === 'function' ? parts.slice(6).join(':') : parts.slice(5).join(':'),
    };
  }
  const slash = address.indexOf('/');
  return slash < 1 ? null : { service: address.slice(0, slash), name: address.slice(slash + 1) };
}

/** Where simulated time begins for whoever reads a clock: 2024-01-01, in milliseconds since 1970. */
export const epochMs = 1_704_067_200_000;

/** Milliseconds since 1970, as timestamps of SQS are. */
export function epochMilliseconds(time: Time): number {
  return epochMs + Math.floor(time / 1000);
}

/** ISO 8601 in UTC with milliseconds, as timestamps in what SNS and Lambda write are. */
export function isoTime(time: Time): string {
  const whole = epochMilliseconds(time);
  const inDay = whole % 86_400_000;
  const days = Math.floor(whole / 86_400_000);
  // days since 1970 to a date of the Gregorian calendar, by 400-year eras that begin on 1 March
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const clock = `${pad(Math.floor(inDay / 3_600_000))}:${pad(Math.floor(inDay / 60_000) % 60)}:${pad(Math.floor(inDay / 1000) % 60)}`;
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${clock}.${pad(inDay % 1000, 3)}Z`;
}
