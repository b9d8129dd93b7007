import type { StorageTrouble } from './types';

/**
 * What a browser's storage error means for a person. Names as in the IndexedDB specification (section "Exceptions") and,
 * for UnknownError, as browsers use it: the files on disk cannot be read.
 */
export function troubleOf(error: unknown): StorageTrouble {
  switch (errorName(error)) {
    case 'QuotaExceededError':
      return 'full';
    case 'VersionError':
      return 'newer';
    case 'UnknownError':
    case 'DataError':
    case 'NotFoundError':
    case 'NotReadableError':
      return 'corrupt';
    case 'InvalidStateError':
    case 'AbortError':
    case 'TransactionInactiveError':
      return 'closed';
    default:
      return 'blocked';
  }
}

export function describeError(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return String(error);
}

/** A transaction that ran out of room is aborted, and only its `cause` or message says why. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'AbortError' && /quota/i.test(error.message)) return 'QuotaExceededError';
  return error.name;
}
