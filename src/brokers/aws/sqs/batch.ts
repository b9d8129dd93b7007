import type { ErrorResponse } from '../protocol/common';
import { batchRefusal } from './errors';

const maxEntries = 10;
const idRule =
  'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';

/** What fails a whole batch of any action. */
export function wrongBatch(
  action: string,
  entries: readonly { readonly Id: string }[],
): ErrorResponse | null {
  if (entries.length === 0)
    return batchRefusal(
      'EmptyBatchRequest',
      `There should be at least one ${action}BatchRequestEntry in the request.`,
    );
  if (entries.length > maxEntries)
    return batchRefusal(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`,
    );
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(Id)) return batchRefusal('InvalidBatchEntryId', idRule);
    if (ids.has(Id)) return batchRefusal('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
  return null;
}
