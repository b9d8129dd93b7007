import type { ErrorResponse } from '../protocol/common';
import { refusal } from './errors';

const maxListed = 1000;

/** A token is the last name that was listed; there is one only where the caller sets a limit. */
export function pageOf(
  names: readonly string[],
  max: number | undefined,
  token: string | undefined,
): ErrorResponse | { readonly items: readonly string[]; readonly next: string | null } {
  if (max !== undefined && !(Number.isInteger(max) && max >= 1 && max <= maxListed))
    return refusal(
      'InvalidParameterValue',
      `Value ${max} for parameter MaxResults is invalid. Reason: Must be between 1 and 1000, if provided.`,
    );
  const from = token === undefined ? 0 : names.indexOf(token) + 1;
  if (token !== undefined && from === 0)
    return refusal('InvalidParameterValue', 'Invalid or expired next token.');
  const items = names.slice(from, from + (max ?? maxListed));
  const hasMore = max !== undefined && from + items.length < names.length;
  return { items, next: hasMore ? items[items.length - 1] : null };
}
