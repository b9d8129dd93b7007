/** Everything a person has here as one JSON file, and back. */
import { progressOf, type Contents, type MarkTimes } from './contents';
import { roomFor } from './recordings';
import { checkArchive, isPlainJson } from './schema';
import type { Archive, Attempt, LessonProgress, SavedRecording } from './types';

/** UTF-16 code units. A course played to the end is well under one million. */
export const archiveCharactersMax = 50_000_000;

export type ArchiveProblem = 'tooBig' | 'notJson' | 'notOurs' | 'newer' | 'damaged';

/** The file cannot be read. `where` is a path in it, for people who want to look. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  constructor(
    readonly problem: ArchiveProblem,
    readonly where = '',
  ) {
    super(where ? `${problem}: ${where}` : problem);
  }
}

export function toArchive(contents: Contents, savedAt: number): Archive {
  return {
    product: 'at-least-once',
    version: 1,
    savedAt,
    progress: progressOf(contents),
    recordings: [...contents.recordings.values()],
    settings: contents.settings,
  };
}

/** Throws ArchiveError. */
export function parseArchive(text: string): Archive {
  if (text.length > archiveCharactersMax) throw new ArchiveError('tooBig');
  const value = parseJson(text);
  if (!isRecord(value) || value.product !== 'at-least-once') throw new ArchiveError('notOurs');
  if (typeof value.version === 'number' && value.version > 1)
    throw new ArchiveError('newer', `version ${value.version}`);
  if (!isPlainJson(value)) throw new ArchiveError('damaged', 'it holds what JSON of ours never does');
  const checked = checkArchive(value);
  if ('wrong' in checked) throw new ArchiveError('damaged', checked.wrong);
  for (const { slug, attempt } of checked.archive.progress)
    if (attempt && attempt.slug !== slug)
      throw new ArchiveError('damaged', `attempt of ${attempt.slug} under ${slug}`);
  // The schema admits any plain JSON as a scenario; it is checked in full where it is opened.
  return checked.archive as unknown as Archive;
}

/** What an archive adds to what is here: newer attempts, all marks, unknown or newer recordings, its settings. */
export function additions(
  archive: Archive,
  here: Contents,
): { readonly contents: Contents; readonly left: number } {
  const attempts = new Map<string, Attempt>();
  const marks = new Map<string, MarkTimes>();
  for (const lesson of archive.progress) {
    if (lesson.attempt && isNewer(lesson, here)) attempts.set(lesson.slug, lesson.attempt);
    if (Object.keys(lesson.marks).length > 0) marks.set(lesson.slug, lesson.marks);
  }
  const recordings = new Map<string, SavedRecording>();
  const kept = new Map(here.recordings);
  let left = 0;
  for (const recording of [...archive.recordings].sort((a, b) => b.savedAt - a.savedAt)) {
    const known = here.recordings.get(recording.id);
    if (known && known.savedAt >= recording.savedAt) continue;
    if (roomFor(recording, [...kept.values()])?.length !== 0) {
      left += 1;
      continue;
    }
    kept.set(recording.id, recording);
    recordings.set(recording.id, recording);
  }
  return { contents: { attempts, marks, recordings, settings: archive.settings }, left };
}

function isNewer(lesson: LessonProgress, here: Contents): boolean {
  const known = here.attempts.get(lesson.slug);
  return !known || lesson.attempt!.changedAt > known.changedAt;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ArchiveError('notJson');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
