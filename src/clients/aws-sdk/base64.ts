const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64OfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += digits[word >>> 18] + digits[(word >>> 12) & 63];
    text += left > 1 ? digits[(word >>> 6) & 63] : '=';
    text += left > 2 ? digits[word & 63] : '=';
  }
  return text;
}
