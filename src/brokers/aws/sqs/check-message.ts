/** What a message must be to be taken, with what AWS says when it is not. */
import type { ErrorResponse, MessageAttributes } from '../protocol/common';
import { utf8Length } from '../protocol/bytes';
import { invalidValue, missing, refusal } from './errors';
import type { Sent } from './protocol';
import type { Queue } from './state';

const bodyCharacters =
  'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';
const noDeduplication =
  'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
const maxAttributes = 10;

/** Of a text that a producer wrote. */
export function wrongText(text: string): ErrorResponse | null {
  if (text === '') return missing('MessageBody');
  return hasBadCharacter(text) ? refusal('InvalidMessageContents', bodyCharacters) : null;
}

/** Code units: surrogates count as valid, as pairs of them are. */
function hasBadCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit < 0x20 && unit !== 0x9 && unit !== 0xa && unit !== 0xd) || unit > 0xfffd) return true;
  }
  return false;
}

/** Of what goes with it. `Delay` is the queue's own affair on FIFO queues. */
export function wrongParameters(queue: Queue, sent: Sent): ErrorResponse | null {
  return (
    wrongGroup(queue, sent) ?? wrongDelay(queue, sent.DelaySeconds) ?? wrongAttributes(sent.MessageAttributes)
  );
}

function wrongGroup(
  queue: Queue,
  { MessageGroupId: group, MessageDeduplicationId: dedup }: Sent,
): ErrorResponse | null {
  const wrong =
    wrongId(group, 'MessageGroupId') ?? (queue.isFifo ? wrongId(dedup, 'MessageDeduplicationId') : null);
  if (wrong) return wrong;
  if (!queue.isFifo)
    return dedup === undefined
      ? null
      : invalidValue(
          dedup,
          'MessageDeduplicationId',
          'The request includes a parameter that is not valid for this queue type.',
        );
  if (group === undefined) return missing('MessageGroupId');
  return dedup === undefined && !queue.settings.contentBased
    ? refusal('InvalidParameterValue', noDeduplication)
    : null;
}

/** What fails a whole batch already: entries of a FIFO queue without what it needs. */
export function lacksFifoParameters(
  queue: Queue,
  { MessageGroupId, MessageDeduplicationId }: Sent,
): ErrorResponse | null {
  if (!queue.isFifo) return null;
  if (MessageDeduplicationId === undefined && !queue.settings.contentBased)
    return refusal('InvalidParameterValue', noDeduplication);
  return MessageGroupId === undefined
    ? refusal('InvalidParameterValue', 'The request must contain the parameter MessageGroupId.')
    : null;
}

function wrongId(id: string | undefined, parameter: string): ErrorResponse | null {
  if (id === undefined || /^[!-~]{1,128}$/.test(id)) return null;
  return invalidValue(
    id,
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

function wrongDelay(queue: Queue, delay: number | undefined): ErrorResponse | null {
  if (delay === undefined) return null;
  if (queue.isFifo && delay !== 0)
    return invalidValue(
      delay,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  const isRight = Number.isInteger(delay) && delay >= 0 && delay <= 900;
  return isRight ? null : invalidValue(delay, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
}

function wrongAttributes(attributes: MessageAttributes | undefined): ErrorResponse | null {
  if (attributes === undefined) return null;
  const all = Object.entries(attributes);
  if (all.length > maxAttributes)
    return refusal(
      'InvalidParameterValue',
      `Number of message attributes [${all.length}] exceeds the allowed maximum [10].`,
    );
  for (const [name, { DataType, StringValue, BinaryValue }] of all) {
    const wrong =
      wrongAttributeName(name) ?? wrongType(DataType) ?? wrongValue(name, DataType, StringValue, BinaryValue);
    if (wrong !== null) return refusal('InvalidParameterValue', wrong);
  }
  return null;
}

function wrongAttributeName(name: string): string | null {
  if (utf8Length(name) > 256 || name === '')
    return 'Message (user) attribute names must be shorter than 256 Bytes';
  if (!/^[A-Za-z0-9_.\-\u00c0-\u017f]+$/.test(name))
    return 'Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. ';
  const isReserved = /^(aws\.|amazon\.|\.)|\.$/i.test(name);
  return isReserved
    ? "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'."
    : null;
}

function wrongType(type: string): string | null {
  if (!/^(String|Number|Binary)(\.|$)/.test(type))
    return `Type for parameter MessageAttributes.Attribute_name.DataType must be prefixed with "String", "Binary", or "Number", but was: ${type}`;
  return utf8Length(type) > 256 ? 'Message (user) attribute types must be shorter than 256 Bytes' : null;
}

function wrongValue(
  name: string,
  type: string,
  text: string | undefined,
  bytes: string | undefined,
): string | null {
  const [base] = type.split('.', 1);
  const value = base === 'Binary' ? bytes : text;
  if (value === undefined || value === '')
    return `Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`;
  if (base === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value))
    return `Can't cast the value of message (user) attribute '${name}' to a number.`;
  return base !== 'Binary' && hasBadCharacter(value) ? bodyCharacters : null;
}
