/** IP addresses as patterns compare them: 8 or 32 hexadecimal digits, in which ranges are ranges of texts. */

/** From and to, both included. */
export interface Addresses {
  readonly from: string;
  readonly to: string;
}

/** The addresses of a CIDR block, or what AWS says of a text that is none. */
export function cidrOf(text: string): Addresses | string {
  const parts = text.split('/');
  if (parts.length !== 2) return "Malformed CIDR, one '/' required";
  const [address, mask] = parts;
  if (!/^[+-]?\d+$/.test(mask)) return 'Malformed CIDR, mask bits must be an integer';
  const bits = Number(mask);
  if (bits < 0) return 'Malformed CIDR, mask bits must not be negative';
  const from = addressDigits(address);
  if (from === null) return `Nonstandard IP address: ${address}`;
  if (from.length === 8 && bits > 31) return 'IPv4 mask bits must be < 32';
  if (bits > 127) return 'IPv6 mask bits must be < 128';
  return { from, to: lastOf(from, bits) };
}

/** null: it is no address. */
export function addressDigits(text: string): string | null {
  return text.includes(':') ? version6(text) : version4(text);
}

function version4(text: string): string | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.map((part) => hex(Number(part), 2)).join('');
}

function version6(text: string): string | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...head, ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const missing = 8 - groups.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  return all.map((group) => hex(parseInt(group, 16), 4)).join('');
}

/** All bits behind the mask set. */
function lastOf(digits: string, maskBits: number): string {
  return [...digits]
    .map((digit, index) => {
      const free = Math.min(Math.max((index + 1) * 4 - maskBits, 0), 4);
      return hex(parseInt(digit, 16) | ((1 << free) - 1), 1);
    })
    .join('');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
