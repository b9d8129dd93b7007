/**
 * What a message says, as text and bytes: what limits, prices, filters and digests are about. A message names its body
 * by MessageId wherever it goes; the text is made when somebody needs it. Digests are functions of the text, so answers
 * do not carry them: who shows MD5OfMessageBody asks here.
 */
import type { Body, MessageId } from '../../../kernel/bodies';
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

/** Sizes of bodies that were measured: a body never changes, and a run measures each again and again. */
const sizes = new WeakMap<Body, number>();

/** Bytes of the text in UTF-8. */
export function sizeOf(content: Content, body: Body): number {
  if (content.envelope !== undefined) return utf8Length(textOf(content, body));
  let size = sizes.get(body);
  if (size === undefined) sizes.set(body, (size = utf8Length(textOfBody(body))));
  return size;
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

export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // a pair of surrogates is two units and four bytes; one alone becomes U+FFFD, three bytes
    if (unit < 0x800) length += 1;
    else if (isPair(text, i)) {
      length += 2;
      i++;
    } else length += 2;
  }
  return length;
}

export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (isPair(text, i)) point = 0x10000 + ((point - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
    else if (point >= 0xd800 && point < 0xe000) point = 0xfffd;
    if (point < 0x80) {
      bytes[at++] = point;
      continue;
    }
    if (point < 0x800) bytes[at++] = 0xc0 | (point >>> 6);
    else {
      if (point < 0x10000) bytes[at++] = 0xe0 | (point >>> 12);
      else {
        bytes[at++] = 0xf0 | (point >>> 18);
        bytes[at++] = 0x80 | ((point >>> 12) & 63);
      }
      bytes[at++] = 0x80 | ((point >>> 6) & 63);
    }
    bytes[at++] = 0x80 | (point & 63);
  }
  return bytes;
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high >= 0xdc00 || at + 1 >= text.length) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low < 0xe000;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of base64 text; padding and what is no digit is passed over. */
export function bytesOfBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let word = 0;
  let bits = 0;
  for (const character of text) {
    const value = digits.indexOf(character);
    if (value < 0) continue;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((word >>> bits) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte >>> 4).toString(16) + (byte & 15).toString(16);
  return text;
}
