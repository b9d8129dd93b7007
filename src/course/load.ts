/**
 * Lessons by slug. Folder names are the registry: lessons/02-three-brokers/04-kafka-log is lesson "kafka-log". Each
 * piece of a lesson is a chunk of its own, so that a page loads what it shows and nothing else.
 */
import type { Lesson, LessonScripts } from './lesson';
import type { LessonNotes, LessonWords } from './words';

const lessonFiles = import.meta.glob<Lesson>('../../lessons/*/*/lesson.ts', { import: 'lesson' });
const scriptFiles = import.meta.glob<LessonScripts>('../../lessons/*/*/scripts.ts', { import: 'scripts' });
const wordFiles = import.meta.glob<LessonWords>('../../lessons/*/*/index.*.md', { import: 'default' });
const noteFiles = import.meta.glob<LessonNotes>('../../lessons/*/*/index.*.md', {
  import: 'default',
  query: '?notes',
});

/** Slugs of the lessons that are built, in the order of the course. */
export function builtLessons(): readonly string[] {
  return Object.keys(lessonFiles)
    .sort((a, b) => (a < b ? -1 : 1))
    .map(slugIn);
}

/** No lesson of that name is built. */
export class NoSuchLesson extends Error {
  override readonly name = 'NoSuchLesson';
  constructor(slug: string) {
    super(`There is no lesson "${slug}". Built: ${builtLessons().join(', ')}.`);
  }
}

/** The lesson and its words. A locale without a translation gets the English one. Throws NoSuchLesson. */
export async function loadLesson(
  slug: string,
  locale: string,
): Promise<{ lesson: Lesson; words: LessonWords }> {
  const [lesson, words] = await Promise.all([one(lessonFiles, slug), inLocale(wordFiles, slug, locale)]);
  return { lesson, words };
}

/** Solutions, wrong scripts, detours. Throws NoSuchLesson. */
export function loadScripts(slug: string): Promise<LessonScripts> {
  return one(scriptFiles, slug);
}

/** Presenter notes. Throws NoSuchLesson. */
export function loadNotes(slug: string, locale: string): Promise<LessonNotes> {
  return inLocale(noteFiles, slug, locale);
}

/** Locales a lesson is written in. */
export function localesOf(slug: string): readonly string[] {
  return Object.keys(wordFiles)
    .filter((path) => slugIn(path) === slug)
    .map(localeIn);
}

type Files<Piece> = Readonly<Record<string, () => Promise<Piece>>>;

function one<Piece>(files: Files<Piece>, slug: string): Promise<Piece> {
  const path = Object.keys(files).find((each) => slugIn(each) === slug);
  if (path === undefined) return Promise.reject(new NoSuchLesson(slug));
  return files[path]();
}

function inLocale<Piece>(files: Files<Piece>, slug: string, locale: string): Promise<Piece> {
  const paths = Object.keys(files).filter((each) => slugIn(each) === slug);
  const path =
    paths.find((each) => localeIn(each) === locale) ?? paths.find((each) => localeIn(each) === 'en');
  if (path === undefined) return Promise.reject(new NoSuchLesson(slug));
  return files[path]();
}

/** ".../04-kafka-log/lesson.ts" → "kafka-log". */
function slugIn(path: string): string {
  return path.split('/').at(-2)!.replace(/^\d+-/, '');
}

/** ".../index.en.md" → "en". */
function localeIn(path: string): string {
  return /index\.([A-Za-z-]+)\.md/.exec(path)![1];
}
