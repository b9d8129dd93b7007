import { describe, expect, test } from 'vitest';
import { claims } from '../../lessons/claims.json';
import { lessonBySlug, lessons as catalogue } from '../../src/course/catalogue';
import { builtLessons, loadLesson } from '../../src/course/load';
import type { Lesson } from '../../src/course/lesson';
import type { LessonWords } from '../../src/course/words';

const byId = new Map(claims.map((claim) => [claim.id, claim]));

test('every claim of the article has a lesson', () => {
  expect(byId.size).toBe(claims.length);
  for (const { id, lessons } of claims) {
    expect(lessons.length, id).toBeGreaterThan(0);
    for (const slug of lessons) expect(lessonBySlug(slug), `${id} names ${slug}`).not.toBeNull();
  }
});

test('every lesson of the catalogue has a claim', () => {
  for (const { slug } of catalogue) {
    expect(
      claims.some(({ lessons }) => lessons.includes(slug)),
      slug,
    ).toBe(true);
  }
});

/** What a claim can point at in a lesson. */
function elementsOf(lesson: Lesson, words: LessonWords): ReadonlySet<string> {
  return new Set([
    'scene', 'card', 'production', 'goal:a', 'goal:b',
    ...lesson.bets.map(({ id }) => `bet:${id}`),
    `observe:${lesson.observation.id}`,
    ...(lesson.questions ?? []).map(({ id }) => `question:${id}`),
    ...[lesson.transfer, ...lesson.warmups].map(({ bet }) => `probe:${bet.id}`),
    ...Object.keys(words.claims).map((id) => `claim:${id}`),
  ]); // prettier-ignore
}

describe.each(builtLessons())('%s', (slug) => {
  test('covers the claims it says it covers, each in an element that exists', async () => {
    const { lesson, words } = await loadLesson(slug, 'en');
    const elements = elementsOf(lesson, words);
    const mapped = claims.filter(({ lessons }) => lessons.includes(slug));
    expect([...lesson.claims].sort()).toEqual(mapped.map(({ id }) => id).sort());
    for (const claim of mapped) {
      const named = (claim.elements as Record<string, readonly string[]> | undefined)?.[slug] ?? [];
      expect(named.length, `${claim.id} has no element in ${slug}`).toBeGreaterThan(0);
      for (const element of named) expect(elements.has(element), `${claim.id}: ${element}`).toBe(true);
    }
    for (const id of Object.keys(words.claims)) expect(byId.has(id), `:::claim{#${id}}`).toBe(true);
  });
});
