import { describe, expect, test } from 'vitest';
import { builtLessons, loadLesson, loadNotes, loadScripts, localesOf } from '../../src/course/load';
import type { Bet, Knob, Lesson } from '../../src/course/lesson';
import { plainText, type LessonWords } from '../../src/course/words';

const lessons = await Promise.all(
  builtLessons().flatMap((slug) => localesOf(slug).map((locale) => ({ slug, locale }))).map(async (each) => ({ ...each, ...(await loadLesson(each.slug, each.locale)) })),
); // prettier-ignore

const optionIds = (bet: Bet): readonly string[] => bet.options.map(({ id }) => id);
const sorted = (ids: Iterable<string>): readonly string[] => [...ids].sort();

/** Those of its other worlds as well. */
const knobsOf = ({ knobs, worlds }: Lesson): readonly Knob[] => [
  ...knobs,
  ...(worlds ?? []).flatMap(({ changes }) => changes.knobs ?? []),
];

/** Every id that lesson.ts gives a name to must have words, and no words may stand there for nothing. */
function idsOf(lesson: Lesson): Record<string, readonly string[]> {
  const probes = [lesson.transfer, ...lesson.warmups].map(({ bet }) => bet);
  const wrong = [...lesson.bets, ...(lesson.questions ?? []), ...probes].flatMap(({ options }) => options);
  return {
    bets: lesson.bets.map(({ id }) => id),
    observations: [lesson.observation.id],
    questions: (lesson.questions ?? []).map(({ id }) => id),
    probes: probes.map(({ id }) => id),
    explanations: ['observe', ...probes.map(({ id }) => id)],
    knobs: [...new Set(knobsOf(lesson).map(({ id }) => id))],
    misconceptions: [...new Set([...wrong, ...lesson.missteps].flatMap((one) => one.misconception ?? []))],
  };
}

describe.each(lessons)('$slug in $locale', ({ slug, locale, lesson, words }) => {
  test('has words for exactly the ids of lesson.ts', async () => {
    const scripts = await loadScripts(slug);
    const ids = idsOf(lesson);
    const taught = new Set([
      ...ids.misconceptions,
      ...scripts.wrong.map(({ misconception }) => misconception),
    ]);
    for (const [section, wanted] of Object.entries({ ...ids, misconceptions: [...taught] })) {
      expect({ [section]: sorted(Object.keys(words[section as keyof LessonWords])) }).toEqual({
        [section]: sorted(wanted),
      });
    }
  });

  test('has words for every option of every question, in the same order', () => {
    for (const bet of lesson.bets)
      expect(words.bets[bet.id].options.map(({ id }) => id)).toEqual(optionIds(bet));
    for (const { id, options } of lesson.questions ?? [])
      expect(words.questions[id].options.map((one) => one.id)).toEqual(options.map((one) => one.id));
    for (const { bet } of [lesson.transfer, ...lesson.warmups]) {
      expect(words.probes[bet.id].options.map(({ id }) => id)).toEqual(optionIds(bet));
    }
    const { observation } = lesson;
    const options = observation.kind === 'choice' ? observation.options.map(({ id }) => id) : [];
    expect(words.observations[observation.id].options.map(({ id }) => id)).toEqual(options);
  });

  test('has words for every value of every knob', () => {
    for (const knob of knobsOf(lesson)) {
      const valued = knob.kind === 'choice' || knob.kind === 'act' ? knob.values : [];
      const worlds = knob.kind === 'world' ? (lesson.worlds ?? []) : valued;
      const boxes = knob.kind === 'path' ? knob.boxes : worlds;
      const values = knob.kind === 'name' ? knob.causes : boxes.map(({ id }) => id);
      expect(sorted(Object.keys(words.knobs[knob.id].values))).toEqual(sorted(values));
    }
  });

  test('sets the scene in 60 to 120 words', () => {
    const count = plainText(words.scene).split(' ').length;
    expect(count).toBeGreaterThanOrEqual(60);
    expect(count).toBeLessThanOrEqual(120);
  });

  test('is calm: no exclamation marks', async () => {
    const notes = await loadNotes(slug, locale);
    expect(plainText(JSON.stringify([words, notes]))).not.toContain('!');
  });

  test('has presenter notes for every step', async () => {
    const notes = await loadNotes(slug, locale);
    expect(Object.keys(notes)).toEqual([
      'scene',
      'predict',
      'run',
      'observe',
      'break',
      'fix',
      'transfer',
      'card',
    ]);
  });
});
