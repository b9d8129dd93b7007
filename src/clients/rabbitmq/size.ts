import type { Body } from '../../kernel/bodies';

/** Roughly what its JSON takes: bytes are not encoded here, but queues may be limited by bytes, so a message has to have some. */
export function sizeOf({ key, label, type, data }: Body): number {
  let bytes = 50 + label.length + type.length + (key === null ? 4 : key.length + 2);
  for (const name in data) {
    const value = data[name]!;
    bytes += name.length + 4 + (typeof value === 'string' ? value.length : 6);
  }
  return bytes;
}
