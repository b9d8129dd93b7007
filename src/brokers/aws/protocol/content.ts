/**
 * What a message says, as text and bytes: what limits, prices, filters and digests are about. A message names its body
 * by MessageId wherever it goes; the text is made when somebody needs it. Digests are functions of the text, so answers
 * do not carry them: who shows MD5OfMessageBody asks here.
 */
import type { Body, MessageId } from '../../../kernel/bodies';
import { bytesOfBase64, utf8, utf8Length } from './bytes';
import type { MessageAttributes } from './common';
import { md5 } from './md5';
import { sha256 } from './sha256';

/** What SNS wraps around a message for an endpoint without raw delivery, in its field order. */
export interface SnsEnvelope {
  readonly Type: 'Notification';
  readonly MessageId: string;
  readonly SequenceNumber?: string;
  readonly TopicArn: string;
  readonly Subject?: string;
  /** ISO 8601. */
  readonly Timestamp: string;
  readonly SignatureVersion?: string;
  readonly Signature?: string;
  readonly SigningCertURL?: string;
  readonly UnsubscribeURL: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

/** The content of an SQS message or an SNS notification. */
export interface Content {
  readonly message: MessageId;
  readonly envelope?: SnsEnvelope;
}

/** Text of a body: what its producer wrote when that is a text of its own (`data.value`), else the event as JSON. */
export function textOfBody(body: Body): string {
  const value = body.data['value'];
  if (typeof value === 'string') return value;
  const { type, label, key, version, data } = body;
  return JSON.stringify({ type, label, key, version, data });
}

export function textOf(content: Content, body: Body): string {
  const text = textOfBody(body);
  return content.envelope === undefined ? text : wrapped(content.envelope, text);
}

/** The JSON that SNS writes: `Message` stands between the subject and the timestamp. */
function wrapped(envelope: SnsEnvelope, text: string): string {
  const { Type, MessageId, SequenceNumber, TopicArn, Subject, ...rest } = envelope;
  return JSON.stringify({ Type, MessageId, SequenceNumber, TopicArn, Subject, Message: text, ...rest });
}

/** Bytes of the text in UTF-8. */
export function sizeOf(content: Content, body: Body): number {
  return utf8Length(textOf(content, body));
}

/** Bytes of names, types and values: they count towards a message's size. */
export function sizeOfAttributes(attributes: MessageAttributes | undefined): number {
  let size = 0;
  if (attributes === undefined) return 0;
  for (const [name, value] of Object.entries(attributes)) {
    size += utf8Length(name) + utf8Length(value.DataType);
    if (value.StringValue !== undefined) size += utf8Length(value.StringValue);
    if (value.BinaryValue !== undefined) size += bytesOfBase64(value.BinaryValue).length;
  }
  return size;
}

/** MD5OfMessageBody, MD5OfBody: of the text in UTF-8. */
export function md5OfText(text: string): string {
  return hex(md5(utf8(text)));
}

/** SHA-256 of the text: the deduplication id of a FIFO queue with content-based deduplication. */
export function sha256OfText(text: string): string {
  return hex(sha256(utf8(text)));
}

/**
 * MD5OfMessageAttributes (SQS developer guide, "Calculating the MD5 message digest for message attributes"): by name in
 * order, each of name, type and value with its length in four bytes before it, and 1 or 2 for text or bytes.
 */
export function md5OfAttributes(attributes: MessageAttributes | undefined): string | undefined {
  const names = Object.keys(attributes ?? {}).sort();
  if (attributes === undefined || names.length === 0) return undefined;
  const parts: number[] = [];
  const add = (bytes: Uint8Array) => {
    const length = bytes.length;
    parts.push((length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255);
    for (const byte of bytes) parts.push(byte);
  };
  for (const name of names) {
    const value = attributes[name];
    add(utf8(name));
    add(utf8(value.DataType));
    if (value.BinaryValue === undefined) {
      parts.push(1);
      add(utf8(value.StringValue ?? ''));
    } else {
      parts.push(2);
      add(bytesOfBase64(value.BinaryValue));
    }
  }
  return hex(md5(Uint8Array.from(parts)));
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte >>> 4).toString(16) + (byte & 15).toString(16);
  return text;
}
