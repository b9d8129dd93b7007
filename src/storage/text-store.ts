/** localStorage, for the little that must be known apart from the database, or written when nothing can be waited for. */

/** The part of it that is used, so that tests and pages without it can bring their own. */
export type TextStore = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Where localStorage may be used: not in a worker, in Node, or where the browser forbids it. */
export function pageTextStore(): TextStore | null {
  return tolerate(() => (typeof localStorage === 'undefined' ? null : localStorage)) ?? null;
}

/** What is written here is a last resort: if it fails, things are as bad as they were, so errors are of no use to anybody. */
export function tolerate<Result>(attempt: () => Result): Result | null {
  try {
    return attempt();
  } catch {
    return null;
  }
}
