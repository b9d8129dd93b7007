import { describe, expect, test } from 'vitest';
import { course } from '../../src/app/words/course.en';
import {
  courseMinutes,
  lessonBySlug,
  lessons,
  parts,
  routeById,
  routeLessons,
  routeMinutes,
  routes,
} from '../../src/course/catalogue';
import { due, isPassed, nextLesson, rememberAfterMs, ring } from '../../src/course/marks';

describe('the catalogue', () => {
  test('lists 24 lessons, numbered in order, in six parts that do not interleave', () => {
    expect(lessons.map((lesson) => lesson.number)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    const order = lessons.map((lesson) => parts.indexOf(lesson.part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(6);
  });

  test('has one slug, one title and one promise per lesson', () => {
    const slugs = lessons.map((lesson) => lesson.slug);
    expect(new Set(slugs).size).toBe(24);
    expect(Object.keys(course.lessons).sort()).toEqual([...slugs].sort());
    expect(new Set(Object.values(course.lessons).map((words) => words.title)).size).toBe(24);
  });

  test('takes six to ten minutes a lesson, and three hours in all', () => {
    for (const lesson of lessons)
      expect(lesson.minutes, lesson.slug).toSatisfy((minutes: number) => minutes >= 6 && minutes <= 10);
    expect(courseMinutes()).toBe(188);
  });

  test('names only earlier lessons as prerequisites', () => {
    for (const lesson of lessons)
      for (const slug of lesson.prerequisites)
        expect(lessonBySlug(slug)?.number, `${lesson.slug} needs ${slug}`).toBeLessThan(lesson.number);
  });
});

describe('the routes', () => {
  test('are those of the curriculum, with its times', () => {
    expect(routeLessons(routeById('short'))).toEqual([2, 4, 8, 14, 16, 20]);
    expect(routeMinutes(routeById('short'))).toBe(45);
    expect(routeLessons(routeById('brokerDay'))).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(routeLessons(routeById('incidents'))).toEqual([14, 18, 19, 20, 21, 22]);
    expect(routeLessons(routeById('architect'))).toEqual([1, 2, 3, 12, 17, 19, 23, 24]);
    expect(routeMinutes(routeById('workshop'))).toBe(90);
  });

  test('all have a name and a sentence', () => {
    expect(Object.keys(course.routes).sort()).toEqual(routes.map((route) => route.id).sort());
  });
});

describe('marks', () => {
  test('make a ring of four arcs, and a lesson is passed when it was broken and fixed', () => {
    expect(ring({ shown: 1, transferred: 3 })).toEqual([true, false, true, false]);
    expect(isPassed({ shown: 1 })).toBe(false);
    expect(isPassed({ shown: 1, fixed: 2 })).toBe(true);
  });

  test('having watched the solution is not Fixed', () => {
    expect(isPassed({ shown: 1, solutionSeen: 2 })).toBe(false);
    expect(ring({ solutionSeen: 2 })).toEqual([false, false, false, false]);
  });

  test('names of mark that this version does not know do no harm', () => {
    expect(ring({ constructor: 1, later: 2 })).toEqual([false, false, false, false]);
  });

  test('a question is due a day after passing, until it is remembered', () => {
    const lesson = (marks: Record<string, number>) => [{ slug: 'kafka-log', marks }];
    expect(due(lesson({ shown: 0, fixed: 1000 }), rememberAfterMs)).toEqual([]);
    expect(due(lesson({ shown: 0, fixed: 1000 }), rememberAfterMs + 1000)).toEqual(['kafka-log']);
    expect(due(lesson({ shown: 0, fixed: 0, remembered: 5 }), rememberAfterMs * 3)).toEqual([]);
    expect(due(lesson({ shown: 0 }), rememberAfterMs * 3)).toEqual([]);
  });
});

describe('where to go on', () => {
  const done = (slug: string, changedAt: number) => ({
    slug,
    marks: { shown: 1, fixed: 1 },
    attempt: {},
    changedAt,
  });
  const begun = (slug: string, changedAt: number) => ({ slug, marks: {}, attempt: {}, changedAt });

  test('with the lesson that was touched last and is not passed', () => {
    expect(nextLesson(['a', 'b', 'c'], [begun('c', 5), begun('b', 9), done('a', 99)])).toEqual({
      slug: 'b',
      why: 'continue',
    });
  });

  test('else with the first that is not passed', () => {
    expect(nextLesson(['a', 'b'], [done('a', 1)])).toEqual({ slug: 'b', why: 'start' });
    expect(nextLesson(['a', 'b'], [])).toEqual({ slug: 'a', why: 'start' });
  });

  test('else with the first again', () => {
    expect(nextLesson(['a'], [done('a', 1)])).toEqual({ slug: 'a', why: 'again' });
  });

  test('never with a lesson that is not built', () => {
    expect(nextLesson(['a'], [begun('z', 5)])).toEqual({ slug: 'a', why: 'start' });
  });
});
