/** A lesson in one of its worlds: the same lesson with what differs there. */
import { BadContent } from '../scenario/bad-content';
import type { Lesson, LessonScripts } from './lesson';

/** null: as the lesson itself is. Throws BadContent for a world that the lesson does not have. */
export function inWorld(lesson: Lesson, id: string | null): Lesson {
  if (id === null) return lesson;
  const world = lesson.worlds?.find((one) => one.id === id);
  if (!world) throw new BadContent('unknown', `The lesson "${lesson.slug}" has no world "${id}".`);
  return { ...lesson, ...world.changes };
}

/** Whether a world that somebody has kept is still one of the lesson's. */
export function hasWorld({ worlds }: Pick<Lesson, 'worlds'>, id: string): boolean {
  return worlds?.some((world) => world.id === id) ?? false;
}

/** The scripts that are played in a world; those of the lesson itself where it has none of its own. */
export function scriptsIn(scripts: LessonScripts, id: string | null): LessonScripts {
  return (id === null ? undefined : scripts.worlds?.[id]) ?? scripts;
}

/** The lesson as it is and in each of its other worlds, with what is played there. `slug`: "twice", "twice.rabbitmq". */
export function inEveryWorld(
  lesson: Lesson,
  scripts: LessonScripts,
): readonly { readonly slug: string; readonly lesson: Lesson; readonly scripts: LessonScripts }[] {
  const others = (lesson.worlds ?? []).slice(1).map(({ id }) => ({
    slug: `${lesson.slug}.${id}`,
    lesson: inWorld(lesson, id),
    scripts: scriptsIn(scripts, id),
  }));
  return [{ slug: lesson.slug, lesson, scripts }, ...others];
}
