import type { SavedRecording } from '../../storage/types';
import { words } from '../i18n';
import { course } from '../words/course.en';

const c = words({ en: course });

/** A kept run's name. Runs of lessons are named by their slug, and called by the lesson's title. */
export function nameOf({ name }: Pick<SavedRecording, 'name'>): string {
  return isLesson(name) ? c.lessons[name].title : name;
}

export function isLesson(name: string): boolean {
  return Object.hasOwn(c.lessons, name);
}
