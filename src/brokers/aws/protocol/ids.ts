/** Identifiers that services make: the same in every run, and unlike each other. */
import { hashText } from '../../../kernel/random';

/** A UUID (version 4 by its looks) for the `number`-th thing of a kind. */
export function uuidOf(kind: string, number: number): string {
  const hex = [1, 2, 3, 4]
    .map((seed) => (hashText(seed, `${kind} ${number}`) >>> 0).toString(16).padStart(8, '0'))
    .join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
