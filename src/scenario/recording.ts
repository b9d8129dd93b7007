/** Recording ⇄ JSON ⇄ link. A link is `1` (format) + base64url of checksum and deflated JSON. */
import type { Recording } from './scenario';
import { BadContent, parseRecording } from './validate';

const linkFormat = '1';
/** What a link may unpack to: protects against a small link that unpacks to gigabytes. */
const unpackedBytesMax = 2_000_000;
/** Longer links are broken by mail programs and chats; offer a file instead. */
export const linkCharactersMax = 6_000;

/** What a link opens: a run at an instant, with something selected. */
export interface Moment {
  readonly recording: Recording;
  /** Microseconds. */
  readonly time: number;
  readonly selection: string | null;
}

export function toJson(recording: Recording): string {
  return JSON.stringify(recording);
}

/** Throws BadContent with the place and the remedy. */
export function fromJson(text: string): Recording {
  if (text.length > unpackedBytesMax)
    throw new BadContent(`This file is larger than a recording can be (${unpackedBytesMax / 1e6} MB).`);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new BadContent('This is not a recording: it is not JSON.');
  }
  return parseRecording(data);
}

/** The text after `s=` in an address. May be longer than linkCharactersMax; the caller then offers a file. */
export async function toLink(moment: Moment): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(moment));
  const packed = await through(bytes, new CompressionStream('deflate-raw'), Infinity);
  const framed = new Uint8Array(packed.length + 4);
  new DataView(framed.buffer).setUint32(0, checksum(bytes));
  framed.set(packed, 4);
  return linkFormat + toBase64Url(framed);
}

/** Throws BadContent when the link is broken, cut short, too large, or of a later format. */
export async function fromLink(link: string): Promise<Moment> {
  if (link[0] !== linkFormat)
    throw new BadContent('This link was made by another version and cannot be opened here.');
  const framed = fromBase64Url(link.slice(1));
  if (framed.length < 5) throw new BadContent('This link is cut short. Copy the whole of it.');
  let bytes: Uint8Array;
  try {
    bytes = await through(framed.subarray(4), new DecompressionStream('deflate-raw'), unpackedBytesMax);
  } catch (error) {
    if (error instanceof BadContent) throw error;
    throw new BadContent('This link is damaged or cut short. Copy the whole of it.');
  }
  if (checksum(bytes) !== new DataView(framed.buffer, framed.byteOffset).getUint32(0)) {
    throw new BadContent('This link is damaged: its checksum does not match. Copy it again.');
  }
  const data = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Moment> | null;
  const time = data?.time;
  if (typeof time !== 'number' || !Number.isInteger(time) || time < 0)
    throw new BadContent('This link has no valid time.');
  const selection = typeof data?.selection === 'string' ? data.selection.slice(0, 200) : null;
  return { recording: parseRecording(data?.recording), time, selection };
}

async function through(
  bytes: Uint8Array,
  stream: GenericTransformStream,
  bytesMax: number,
): Promise<Uint8Array> {
  const source = new Blob([bytes as BlobPart]).stream().pipeThrough(stream);
  const reader = (source as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > bytesMax) {
      await reader.cancel();
      throw new BadContent(`This link unpacks to more than ${bytesMax / 1e6} MB and was not opened.`);
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** FNV-1a: finds a truncated or mistyped link; no protection against malice, validation is. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    throw new BadContent('This link holds characters that no link has. Copy it again.');
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
