import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { duration, list, number, pickLocale, plural, words, type Translation } from '../../src/app/i18n';
import { openPlaces, placeOf, places, to } from '../../src/app/shell/navigation';
import { addressOf, shortcutOf, shortcuts } from '../../src/app/shell/shortcuts';
import { simplifications } from '../../src/app/about/simplifications';
import { about } from '../../src/app/words/about.en';
import { shell } from '../../src/app/words/shell.en';
import { worksWords } from '../../src/app/words/works.en';

describe('words', () => {
  test('are those of the locale, and English for a language there is none for', () => {
    expect(words({ en: 'Learn' }, 'en')).toBe('Learn');
    expect(pickLocale(['de-CH', 'en-GB'])).toBe('en');
    expect(pickLocale(['ja'])).toBe('en');
    expect(pickLocale([])).toBe('en');
  });

  test('take the plural form of the language', () => {
    const forms = { one: '# lesson', other: '# lessons' };
    expect([0, 1, 2, 1200].map((count) => plural(count, forms))).toEqual([
      '0 lessons',
      '1 lesson',
      '2 lessons',
      '1,200 lessons',
    ]);
  });

  test('write numbers, lists and times as people do', () => {
    expect(number(12_345.6)).toBe('12,345.6');
    expect(list(['2', '3', '20'])).toBe('2, 3, and 20');
    expect([188, 45, 60, 0].map((minutes) => duration(minutes))).toEqual([
      '3 h 8 min',
      '45 min',
      '1 h',
      '0 min',
    ]);
  });

  test('of a translation have the same keys and take the same values, or do not compile', () => {
    const english = {
      title: 'Course map',
      next: (lesson: number) => `Continue with ${lesson}`,
      marks: { shown: 'Shown' },
    };
    const german = {
      title: 'Kursplan',
      next: (lesson: number) => `Weiter mit ${lesson}`,
      marks: { shown: 'Gezeigt' },
    } satisfies Translation<typeof english>;
    // @ts-expect-error -- "marks" is missing
    const incomplete: Translation<typeof english> = { title: 'Kursplan', next: german.next };
    expect([incomplete.title, german.next(4), english.next(4)]).toEqual([
      'Kursplan',
      'Weiter mit 4',
      'Continue with 4',
    ]);
  });
});

describe('addresses', () => {
  test('belong to a place', () => {
    expect(placeOf('/learn/kafka-log')).toBe('learn');
    expect(placeOf('/lab')).toBe('lab');
    expect(placeOf('/')).toBeNull();
    expect(placeOf('/about')).toBeNull();
  });

  test('are hash addresses, which any static host serves', () => {
    const all = [to.home, to.map, to.lesson('twice'), to.about, to.gallery, ...places.map(to.place)];
    for (const address of all) expect(address).toMatch(/^#\//);
  });

  test('of places that do not work yet lead to words about them', () => {
    for (const place of places.filter((one) => !openPlaces.includes(one))) {
      const { title, lead, will, meanwhile } = worksWords.places[place as 'lab'];
      expect(title).toBe(shell.places[place]);
      expect(lead).toContain('in the works');
      expect(will.length).toBeGreaterThan(1);
      expect(meanwhile).not.toBe('');
    }
  });
});

describe('shortcuts', () => {
  const press = (code: string, keys: object = {}) =>
    shortcutOf({ code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...keys });

  test('are Alt with 1 to 4', () => {
    expect(shortcuts.map((one) => one.goes)).toEqual(['learn', 'lab', 'present', 'settings']);
    expect(press('Digit2', { altKey: true })?.goes).toBe('lab');
  });

  test('leave every other key to whatever has focus', () => {
    expect(press('Digit2')).toBeNull();
    expect(press('Digit2', { altKey: true, ctrlKey: true })).toBeNull();
    expect(press('KeyA', { altKey: true })).toBeNull();
  });

  test('lead to a place, or open a dialog', () => {
    expect(addressOf(shortcuts[0])).toBe('#/learn');
    expect(addressOf(shortcuts[3])).toBeNull();
  });
});

test('every simplification names the code it speaks of', () => {
  for (const { id, source } of simplifications) expect(existsSync(source), `${id}: ${source}`).toBe(true);
});

test('every simplification says what is here and what is in reality', () => {
  expect(simplifications.map((one) => one.id).sort()).toEqual(Object.keys(about.simplified).sort());
  for (const { here, real } of Object.values(about.simplified))
    expect([here.length > 10, real.length > 10]).toEqual([true, true]);
});
