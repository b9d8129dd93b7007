/** Headers matching (rabbit_exchange_type_headers.erl). */
import { bare, sameValue } from './field-values';
import type { FieldTable } from './protocol';

/** Whether a binding's arguments match a message's headers. Those that begin with "x-" say nothing, unless "-with-x". */
export function headersMatch(wanted: FieldTable, headers: FieldTable): boolean {
  const mode = bare(wanted['x-match']);
  const any = mode === 'any' || mode === 'any-with-x';
  const withX = mode === 'any-with-x' || mode === 'all-with-x';
  for (const name of Object.keys(wanted)) {
    if (name === 'x-match' || (!withX && name.startsWith('x-'))) continue;
    const matches = Object.hasOwn(headers, name) && isOrAny(wanted[name], headers[name]);
    if (matches === any) return any;
  }
  return !any;
}

/** No value stands for any. */
function isOrAny(wanted: FieldTable[string], value: FieldTable[string]): boolean {
  const plain = bare(wanted);
  return plain === null || plain === undefined || sameValue(plain, value);
}
