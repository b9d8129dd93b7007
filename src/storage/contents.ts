import type { Attempt, LessonProgress, SavedRecording, SavedSettings } from './types';

export type MarkTimes = Readonly<Record<string, number>>;

/** Everything that is kept, by key. */
export interface Contents {
  readonly attempts: ReadonlyMap<string, Attempt>;
  /** Lesson slug → mark → when it was first earned. */
  readonly marks: ReadonlyMap<string, MarkTimes>;
  readonly recordings: ReadonlyMap<string, SavedRecording>;
  readonly settings: SavedSettings;
}

export interface Reading {
  readonly contents: Contents;
  readonly unreadable: readonly string[];
  /** Lesson slug → which write of which tab its attempt is. */
  readonly revisions: ReadonlyMap<string, string>;
}

export interface Put {
  readonly revision: string;
  /** What was written instead, when another tab's work was there; null when it was this tab's own. */
  readonly joined: Attempt | null;
}

/**
 * A place that keeps things: this device (database.ts) or memory (memory.ts). Each call is one transaction: all of it
 * happens or none.
 */
export interface Shelf {
  /**
   * What can be read. `unreadable` names rows that are there but make no sense; they are left as they are until
   * something is written in their place, and then put aside.
   */
  read(): Promise<Reading>;
  /**
   * Keeps an attempt. When the row there is not the one of revision `known`, another tab has written it: then both are
   * joined (join.ts).
   */
  putAttempt(attempt: Attempt, known: string | null): Promise<Put>;
  deleteAttempt(slug: string): Promise<void>;
  /** Adds marks to those of the lesson; of two times for one mark the earlier stays. */
  addMarks(slug: string, marks: MarkTimes): Promise<void>;
  putRecording(recording: SavedRecording): Promise<void>;
  deleteRecording(id: string): Promise<void>;
  putSettings(settings: SavedSettings): Promise<void>;
  /** Puts all of these beside what is there; marks are added, the rest replaces what has the same key. */
  putAll(contents: Contents): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

export function earliest(a: MarkTimes, b: MarkTimes): MarkTimes {
  const marks: Record<string, number> = { ...a };
  for (const [name, at] of Object.entries(b))
    marks[name] = Object.hasOwn(marks, name) ? Math.min(at, marks[name]) : at;
  return marks;
}

/** Lessons in which anything was done, from their attempts and marks. */
export function progressOf(contents: Contents): readonly LessonProgress[] {
  const slugs = new Set([...contents.attempts.keys(), ...contents.marks.keys()]);
  return [...slugs].map((slug) => {
    const attempt = contents.attempts.get(slug) ?? null;
    const marks = contents.marks.get(slug) ?? {};
    return { slug, marks, attempt, changedAt: Math.max(0, attempt?.changedAt ?? 0, ...Object.values(marks)) };
  });
}
