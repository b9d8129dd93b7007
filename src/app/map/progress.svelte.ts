/** What the map shows of a person's work. */
import { lessonBySlug, lessons, type CatalogueLesson } from '../../course/catalogue';
import { builtLessons } from '../../course/load';
import { due, markNames, nextLesson, ring, type MarkName, type Marks, type Next } from '../../course/marks';
import type { LessonProgress } from '../../storage/types';
import { kept } from '../kept.svelte';

const steps = ['warmup', 'scene', 'predict', 'run', 'observe', 'break', 'fix', 'transfer', 'card'];

export class CourseProgress {
  /** null until it has been read. */
  private rows = $state.raw<readonly LessonProgress[] | null>(null);
  /** Slugs of the lessons that can be played. */
  readonly built = builtLessons();

  /** Reads what is kept, now and whenever it is replaced from outside. To be called while a component is created. */
  follow(): void {
    $effect(() => {
      void kept.changes;
      void this.read();
    });
  }

  async read(): Promise<void> {
    this.rows = await (await kept.storage).allProgress();
  }

  get known(): boolean {
    return this.rows !== null;
  }

  marksOf(slug: string): Marks {
    return this.rows?.find((row) => row.slug === slug)?.marks ?? {};
  }

  ringOf(slug: string): readonly boolean[] {
    return ring(this.marksOf(slug));
  }

  earned(slug: string): readonly MarkName[] {
    return markNames.filter((_, index) => this.ringOf(slug)[index]);
  }

  /** Where to go on among the lessons that can be played; null while none is built. */
  get next():
    | (Next & {
        readonly lesson: CatalogueLesson;
        readonly step: string | null;
        readonly minutesLeft: number;
      })
    | null {
    const order = lessons.map((lesson) => lesson.slug).filter((slug) => this.built.includes(slug));
    if (order.length === 0) return null;
    const next = nextLesson(order, this.rows ?? []);
    const lesson = lessonBySlug(next.slug)!;
    const attempt = this.rows?.find((row) => row.slug === next.slug)?.attempt ?? null;
    const step = next.why === 'continue' && attempt ? attempt.step : null;
    return { ...next, lesson, step, minutesLeft: minutesLeft(lesson.minutes, step) };
  }

  /** Numbers of the lessons that owe a question. */
  dueNow(now: number): readonly number[] {
    return due(this.rows ?? [], now).flatMap((slug) => lessonBySlug(slug)?.number ?? []);
  }
}

/** The steps take about the same time each. */
function minutesLeft(minutes: number, step: string | null): number {
  const done = step === null ? 0 : Math.max(0, steps.indexOf(step));
  return Math.max(1, Math.round((minutes * (steps.length - done)) / steps.length));
}
