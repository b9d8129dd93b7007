import type { Body } from '../../kernel/bodies';

/** Length, attributes, timestamp and offset deltas, header count: what a record takes beside key and value (format v2). */
const overheadBytes = 8;

/**
 * Roughly what the record would take on the wire: key as text, value as JSON. Bytes are not encoded here, but batches,
 * fetches and segments are limited by bytes, so a record has to have some.
 */
export function sizeOf({ key, label, type, correlation, data }: Body): number {
  let bytes =
    overheadBytes + (key === null ? 0 : key.length) + label.length + type.length + correlation.length + 40;
  for (const name in data) {
    const value = data[name]!;
    bytes += name.length + 4 + (typeof value === 'string' ? value.length : 6);
  }
  return bytes;
}
