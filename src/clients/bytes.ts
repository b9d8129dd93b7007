/** Keys, values and headers: what the library's users do with Node's Buffer, wherever the page runs. */

/** A Buffer as far as readers of messages use one: bytes, and text by `toString()`. */
export class Bytes extends Uint8Array {
  override toString(encoding: BufferEncoding = 'utf8'): string {
    switch (encoding) {
      case 'hex':
        return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('');
      case 'base64':
        return btoa(characters(this));
      case 'base64url':
        return btoa(characters(this)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      case 'latin1':
      case 'binary':
        return characters(this);
      case 'ascii':
        return characters(this.map((byte) => byte & 0x7f));
      case 'ucs2':
      case 'ucs-2':
      case 'utf16le':
      case 'utf-16le':
        return new TextDecoder('utf-16le').decode(this);
      default:
        return new TextDecoder().decode(this);
    }
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
export function textOf(value: string | Uint8Array): string {
  if (typeof value === 'string') return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return binaryMark + characters(value);
  }
}

function characters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** Back from `textOf`. */
export function bytesOfText(text: string): Buffer {
  if (!text.startsWith(binaryMark)) return bytesOf(text);
  const bytes = Array.from(text.slice(binaryMark.length), (one) => one.charCodeAt(0));
  return new Bytes(bytes) as unknown as Buffer;
}

const binaryMark = '\u0000bytes\u0000';
