/** A message as the library's users write and read it ⇄ a body of the run. */
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { Body } from '../../kernel/bodies';
import { ms, type Time } from '../../kernel/time';
import { bytesOfText, textOf } from '../bytes';

const labelLength = 12;
/** Where simulated time begins for whoever reads a clock: 2024-01-01, in milliseconds since 1970. */
export const epochMs = 1_704_067_200_000;

/** What a record holds. The label is what stands on its token: the beginning of its value. Throws as Node's Buffer does. */
export function bodyOf({ key, value, headers }: Message): Body {
  for (const bytes of [key, value] as readonly unknown[])
    if (bytes !== null && bytes !== undefined && typeof bytes !== 'string' && !(bytes instanceof Uint8Array))
      throw notBytes(bytes);
  const text = value === null ? null : textOf(value);
  return {
    domain: 'order',
    type: 'Record',
    label: (text ?? '∅').slice(0, labelLength),
    key: key === null || key === undefined ? null : textOf(key),
    version: 0,
    correlation: '',
    data: { value: text, ...(headers ? { headers: JSON.stringify(headersToText(headers)) } : {}) },
  };
}

/** What Node says of what has no bytes (Buffer.byteLength, ERR_INVALID_ARG_TYPE). */
function notBytes(value: unknown): TypeError {
  const error = new TypeError(
    `The "string" argument must be of type string or an instance of Buffer or ArrayBuffer. Received ${described(value)}`,
  );
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value !== 'object')
    return `type ${typeof value} (${(value as number | boolean | bigint).toString()})`;
  return `an instance of ${value.constructor.name}`;
}

/** As a handler gets it. `timestamp` in microseconds of simulated time. */
export function messageOf({ key, data }: Body, offset: number, timestamp: Time): KafkaMessage {
  const { value, headers } = data;
  const message = {
    magicByte: 2,
    attributes: 0,
    timestamp: String(epochMs + Math.floor(timestamp / 1000)),
    offset: String(offset),
    key: key === null ? null : bytesOfText(key),
    value: typeof value === 'string' ? bytesOfText(value) : null,
    headers: typeof headers === 'string' ? headersFromText(headers) : {},
    isControlRecord: false,
  };
  // magicByte and isControlRecord are there, and not in the library's types
  return message;
}

/** Of a message that says when it is from (milliseconds since 1970), in simulated time; null: it does not. */
export function timeOf({ timestamp }: Message): Time | null {
  // the library takes it for a long integer, and throws what BigInt does when it is none
  return timestamp === undefined || timestamp === '' ? null : ms(Number(BigInt(timestamp)) - epochMs);
}

type TextHeaders = Record<string, string | string[]>;

function headersToText(headers: IHeaders): TextHeaders {
  const text: TextHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (typeof one !== 'string' && !((one as unknown) instanceof Uint8Array)) throw notBytes(one);
    text[name] = Array.isArray(value) ? value.map(textOf) : textOf(value!);
  }
  return text;
}

function headersFromText(text: string): IHeaders {
  return Object.fromEntries(
    Object.entries(JSON.parse(text) as TextHeaders).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(bytesOfText) : bytesOfText(value),
    ]),
  );
}
