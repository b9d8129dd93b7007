/** Text ⇄ the letters of a link: checksum and deflated bytes as base64url. Unpacking stops at a stated size. */
import { BadContent } from './bad-content';

/** What a link may unpack to: protects against a small link that unpacks to gigabytes. */
export const unpackedBytesMax = 2_000_000;
/** Far longer than any link written here, and short enough to be looked at in no time. */
const linkCharactersReadMax = 200_000;

export async function packed(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const deflated = await through(bytes, new CompressionStream('deflate-raw'), Infinity);
  const framed = new Uint8Array(deflated.length + 4);
  new DataView(framed.buffer).setUint32(0, checksum(bytes));
  framed.set(deflated, 4);
  return toBase64Url(framed);
}

/** Throws BadContent when the letters are broken, cut short, or unpack to too much. */
export async function unpacked(letters: string): Promise<string> {
  if (letters.length > linkCharactersReadMax) {
    throw new BadContent('tooBig', `This link is longer than ${linkCharactersReadMax} characters.`);
  }
  const framed = fromBase64Url(letters);
  if (framed.length < 5) throw new BadContent('damaged', 'This link is cut short. Copy the whole of it.');
  let bytes: Uint8Array;
  try {
    bytes = await through(framed.subarray(4), new DecompressionStream('deflate-raw'), unpackedBytesMax);
  } catch (error) {
    if (error instanceof BadContent) throw error;
    throw new BadContent('damaged', 'This link is damaged or cut short. Copy the whole of it.');
  }
  if (checksum(bytes) !== new DataView(framed.buffer, framed.byteOffset).getUint32(0)) {
    throw new BadContent('damaged', 'This link is damaged: its checksum does not match. Copy it again.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadContent('damaged', 'This link is damaged: it holds no text. Copy it again.');
  }
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
      throw new BadContent(
        'unpacksTooBig',
        `This link unpacks to more than ${bytesMax / 1e6} MB and was not opened.`,
      );
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
  // What atob would skip over or take for padding is no part of a link.
  if (!/^[A-Za-z0-9_-]*$/.test(text)) {
    throw new BadContent('characters', 'This link holds characters that no link has. Copy it again.');
  }
  let binary: string;
  try {
    binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    throw new BadContent('damaged', 'This link is cut short. Copy the whole of it.');
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
