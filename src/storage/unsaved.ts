/**
 * The last resort for work that is not on the disk yet when the page goes away: IndexedDB cannot be waited for then, but
 * localStorage writes before it returns. What is found here at the next start goes into the database first.
 */
import type { MarkTimes } from './contents';
import { readAttempt, readMarks } from './schema';
import { tolerate, type TextStore } from './text-store';
import type { Attempt } from './types';

/** Each tab has a row of its own, so that none clears away what another has left. */
const prefix = 'alo.unsaved';

export interface Unsaved {
  readonly attempts: readonly Attempt[];
  readonly marks: readonly (readonly [slug: string, times: MarkTimes])[];
}

/** false: it could not be left. */
export function leaveUnsaved(store: TextStore | null, tab: string, unsaved: Unsaved): boolean {
  const key = `${prefix}.${tab}`;
  return (
    tolerate(() => {
      if (unsaved.attempts.length + unsaved.marks.length === 0) store?.removeItem(key);
      else store?.setItem(key, JSON.stringify(unsaved));
      return true;
    }) ?? false
  );
}

export interface Found extends Unsaved {
  /** To be called when all of it is safe elsewhere. */
  forget(): void;
}

/** What any tab has left. */
export function takeUnsaved(store: TextStore | null): Found {
  const keys = keysOf(store);
  const found = keys.map((key) => readUnsaved(store, key));
  return {
    attempts: found.flatMap(({ attempts }) => attempts),
    marks: found.flatMap(({ marks }) => marks),
    forget: () => void tolerate(() => keys.forEach((key) => store?.removeItem(key))),
  };
}

function keysOf(store: TextStore | null): readonly string[] {
  const all = tolerate(() => Array.from({ length: store?.length ?? 0 }, (_, index) => store!.key(index)));
  return (all ?? []).filter((key): key is string => key?.startsWith(prefix) ?? false);
}

function readUnsaved(store: TextStore | null, key: string): Unsaved {
  const found = tolerate(
    () => JSON.parse(store?.getItem(key) ?? '{}') as Partial<Record<keyof Unsaved, unknown>>,
  );
  return {
    attempts: rows(found?.attempts)
      .map(readAttempt)
      .filter((attempt) => attempt !== null),
    marks: rows(found?.marks).flatMap((row) => {
      const [slug, times] = rows(row);
      const marks = readMarks(times);
      return typeof slug === 'string' && marks ? [[slug, marks] as const] : [];
    }),
  };
}

function rows(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
