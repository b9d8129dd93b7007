/** Values of field tables: what they are, and whether two are the same to the broker. */
import type { FieldTable, FieldValue } from './protocol';

/** As a client library writes them (amqplib's codec.js): what a value's type is on the wire, by the name Erlang gives it. */
export function typeOf(value: FieldValue): string {
  if (value === null || value === undefined) return 'void';
  if (typeof value === 'string') return 'longstr';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return numberType(value);
  if (Array.isArray(value)) return 'array';
  const typed = tagged(value);
  return typed ? (wireNames.get(typed.type) ?? typed.type) : 'table';
}

const wireNames = new Map([
  ['int8', 'byte'],
  ['int16', 'short'],
  ['int32', 'signedint'],
  ['int', 'signedint'],
  ['int64', 'long'],
  ['number', 'double'],
  ['string', 'longstr'],
]);

function numberType(value: number): string {
  if (!Number.isInteger(value)) return 'double';
  const size = Math.abs(value + (value < 0 ? 1 : 0));
  if (size < 0x80) return 'byte';
  if (size < 0x8000) return 'short';
  return size < 0x80000000 ? 'signedint' : 'long';
}

/** `{ '!': 'timestamp', value }`: amqplib's way to name a type. */
function tagged(value: FieldValue): { readonly type: string; readonly value: FieldValue } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const table = value as FieldTable;
  const type = table['!'];
  return typeof type === 'string' ? { type, value: table.value } : null;
}

/** The value without its type, where one is named. */
export function bare(value: FieldValue): FieldValue {
  return tagged(value)?.value ?? value;
}

export function isWhole(value: FieldValue): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

/** Erlang's `=:=` on bare values: 1 and 1.0 differ, as do 1 and "1". JavaScript has no 1.0 beside 1. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  const left = bare(a);
  const right = bare(b);
  if (left === right) return isDouble(a) === isDouble(b);
  if (left === null || left === undefined) return right === null || right === undefined;
  if (typeof left !== 'object' || typeof right !== 'object' || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right)) return false;
    return left.length === right.length && left.every((item: FieldValue, i) => sameValue(item, right[i] as FieldValue)); // prettier-ignore
  }
  return sameTable(left as FieldTable, right as FieldTable);
}

function isDouble(value: FieldValue): boolean {
  return typeof bare(value) === 'number' && typeOf(value) === 'double';
}

export function sameTable(a: FieldTable, b: FieldTable): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(a[key], b[key]));
}
