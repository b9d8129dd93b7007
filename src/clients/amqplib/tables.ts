/**
 * Field tables as programs write and read them (lib/codec.js): what a number becomes depends on its value alone, other
 * types are named (`{ '!': 'float', value }`). Read back, only timestamps and decimals still say what they are.
 */
import type { FieldTable, FieldValue } from '../../brokers/rabbitmq/protocol';
import { bytesOfText, textOf } from '../bytes';

/** Ours: what the protocol here has no type for. */
const bytesType = 'bytes';
const namedTypes = [
  'double', 'float64', 'byte', 'int8', 'unsignedbyte', 'uint8', 'short', 'int16', 'unsignedshort', 'uint16', 'int',
  'int32', 'unsignedint', 'uint32', 'long', 'int64', 'timestamp', 'float', 'decimal',
]; // prettier-ignore

/** Keys of its prototypes too, as the library encodes them. Throws as it does. */
export function tableOf(given: object | null): FieldTable {
  const table: Record<string, FieldValue> = {};
  for (const key in given) {
    const value = (given as Record<string, unknown>)[key];
    if (value !== undefined) table[key] = valueOf(value);
  }
  return table;
}

function valueOf(value: unknown): FieldValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
      return value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(valueOf);
      if (value instanceof Uint8Array) return { '!': bytesType, value: textOf(value) };
      return '!' in value ? named(value) : tableOf(value);
    default:
      throw new TypeError(`Unknown type to encode: ${typeof value}`);
  }
}

function named({ '!': type, value }: { readonly '!': unknown; readonly value?: unknown }): FieldValue {
  if (type === 'string' || type === 'boolean' || type === 'object') return valueOf(value);
  if (!namedTypes.includes(String(type))) throw new TypeError(`Unknown type to encode: ${String(type)}`);
  return { '!': String(type), value: value as FieldValue };
}

export function readTable(table: FieldTable): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, readValue(value)]));
}

function readValue(value: FieldValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly FieldValue[]).map(readValue);
  const table = value as Readonly<Record<string, FieldValue>>;
  const type = table['!'];
  if (type === undefined) return readTable(table);
  if (type === bytesType) return bytesOfText(table['value'] as string);
  if (type === 'timestamp' || type === 'decimal') return { ...table };
  return type === 'float' ? Math.fround(table['value'] as number) : table['value'];
}
