/** What the card counts in the learner's own run. */
import type { Lesson } from '../../course/lesson';
import type { Setting } from '../../judge/judge';
import { storedMatcher } from '../../judge/stored';
import type { Fact } from '../../kernel/fact';
import { number } from '../i18n';

/** Name → count, written for the person. Empty while the history is not there yet. */
export function ownNumbers(
  lesson: Lesson,
  facts: readonly Fact[],
  setting: Setting,
): Readonly<Record<string, string>> {
  if (facts.length === 0) return {};
  return Object.fromEntries(
    Object.entries(lesson.own).map(([name, match]) => [
      name,
      number(facts.filter(storedMatcher(match, setting)).length),
    ]),
  );
}
