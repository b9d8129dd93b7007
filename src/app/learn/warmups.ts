/** Questions that are due: from lessons that were passed a day ago or more, a few at a time. */
import { builtLessons, loadLesson } from '../../course/load';
import { due } from '../../course/marks';
import type { Storage } from '../../storage/types';
import { locale } from '../i18n';
import type { Warmup } from './parts';

/** More would keep a person from what they came for. */
const warmupsMax = 2;

export async function dueWarmups(storage: Storage, now: number): Promise<readonly Warmup[]> {
  const built = builtLessons();
  const slugs = due(await storage.allProgress(), now).filter((slug) => built.includes(slug));
  const lessons = await Promise.all(
    slugs.slice(0, warmupsMax).map(async (slug) => ({ slug, ...(await loadLesson(slug, locale)) })),
  );
  return lessons.flatMap(({ slug, lesson, words }) => {
    const [probe] = lesson.warmups;
    return probe ? [{ slug, probe, words }] : [];
  });
}
