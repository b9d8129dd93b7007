/** A file with everything a person has: read, brought up to date and checked before any of it is taken over. */
import * as v from 'valibot';
import { BadContent } from '../scenario/bad-content';
import { archiveFormat, isRecord, migrated, versionOf } from '../scenario/migrate';
import { checkPlain, isHostile, parseJson } from '../scenario/plain';
import { parse, parseRecording } from '../scenario/validate';
import { archiveCharactersMax } from './limits';
import { instant, shapes, word } from './schema';
import type { Archive } from './types';

export { archiveCharactersMax };

// Both make the same type of value; they differ in what they do with a field they do not know.
const { attempt, savedRecording, marks, settings } = shapes(v.strictObject as unknown as typeof v.object);
const progress = v.strictObject({ slug: word, marks, attempt: v.nullable(attempt), changedAt: instant });
const shape = v.strictObject({
  product: v.literal('at-least-once'),
  version: v.literal(versionOf(archiveFormat)),
  savedAt: instant,
  progress: v.pipe(v.array(progress), v.maxLength(1000)),
  recordings: v.pipe(v.array(savedRecording), v.maxLength(10_000)),
  settings,
});

/** Throws BadContent; then nothing of the file is used. */
export function parseArchive(text: string): Archive {
  if (text.length > archiveCharactersMax) {
    throw new BadContent('tooBig', 'This file is larger than any that is written here.');
  }
  return archiveOf(parseJson(text));
}

/** As parseArchive, for JSON that is parsed already. */
export function archiveOf(value: unknown): Archive {
  if (!isRecord(value) || value['product'] !== 'at-least-once' || 'holds' in value) {
    throw new BadContent('notOurs', 'This file was not written by At Least Once.');
  }
  checkPlain(value);
  // The schema takes any plain JSON for a scenario; whole recordings are checked below.
  const archive = parse(shape, migrated(archiveFormat, value['version'], value)) as unknown as Archive;
  checkNames(archive);
  return {
    ...archive,
    progress: archive.progress.map((lesson, index) => ({
      ...lesson,
      attempt: lesson.attempt && {
        ...lesson.attempt,
        recordings: lesson.attempt.recordings.map((run, at) => ({
          ...run,
          recording: within(`progress.${index}.attempt.recordings.${at}`, run.recording),
        })),
      },
    })),
    recordings: archive.recordings.map((run, index) => ({
      ...run,
      recording: within(`recordings.${index}`, run.recording),
    })),
  };
}

/** Keys must be unique and harmless, or one thing would silently replace another. */
function checkNames({ progress, recordings }: Archive): void {
  progress.forEach(({ slug, attempt }, index) => {
    const where = `progress.${index}`;
    if (isHostile(slug)) throw new BadContent('hostileName', `"${slug}" cannot be a name here`, where);
    if (attempt && attempt.slug !== slug) {
      throw new BadContent('notValid', `attempt of ${attempt.slug} under ${slug}`, where);
    }
  });
  for (const [where, keys] of [
    ['progress', progress.map(({ slug }) => slug)],
    ['recordings', recordings.map(({ id }) => id)],
  ] as const) {
    if (new Set(keys).size < keys.length) throw new BadContent('notValid', 'says one thing twice', where);
  }
}

function within(where: string, recording: unknown) {
  try {
    return parseRecording(recording);
  } catch (error) {
    if (!(error instanceof BadContent)) throw error;
    throw new BadContent(error.problem, error.message, where);
  }
}
