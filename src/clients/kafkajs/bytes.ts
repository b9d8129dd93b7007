/** Keys, values and headers: what the library's users do with Node's Buffer, wherever the page runs. */

/** A Buffer as far as readers of messages use one: bytes, and text by `toString()`. */
export class Bytes extends Uint8Array {
  override toString(): string {
    return new TextDecoder().decode(this);
  }
  toJSON(): { readonly type: 'Buffer'; readonly data: readonly number[] } {
    return { type: 'Buffer', data: [...this] };
  }
  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, index) => byte === other[index]);
  }
}

export function bytesOf(text: string): Buffer {
  return new Bytes(new TextEncoder().encode(text)) as unknown as Buffer;
}

/** What a body can hold of a key or value: text. Bytes that are no text are kept one character a byte, and marked. */
export function textOf(value: string | Uint8Array | number): string {
  if (typeof value !== 'object') return String(value);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return binaryMark + Array.from(value, (byte) => String.fromCharCode(byte)).join('');
  }
}

/** Back from `textOf`. */
export function bytesOfText(text: string): Buffer {
  if (!text.startsWith(binaryMark)) return bytesOf(text);
  const bytes = Array.from(text.slice(binaryMark.length), (one) => one.charCodeAt(0));
  return new Bytes(bytes) as unknown as Buffer;
}

const binaryMark = '\u0000bytes\u0000';
