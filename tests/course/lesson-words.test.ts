import { describe, expect, test } from 'vitest';
import { LessonTextError } from '../../scripts/lesson-text';
import { parseLessonWords } from '../../scripts/lesson-words';
import { plainText, withOwnNumbers } from '../../src/course/words';

const file = 'lessons/01-part/01-one/index.en.md';
const head = '---\ntitle: A title\nobjective: Say one thing.\n---\n';
const goals = ['a', 'b'].map((id) =>
  [
    `:::goal[Goal ${id}]{#${id}}\nDo it.\n:::`,
    `:::done{goal=${id}}\nDone.\n:::`,
    ...[1, 2, 3].map((n) => `:::hint{goal=${id} n=${n}}\nHint ${n}.\n:::`),
  ].join('\n\n'),
);
const whole = (...blocks: string[]): string =>
  [
    head,
    ':::scene\nOnce.\n:::',
    ':::card\nRemember.\n:::',
    ':::production\nRead on.\n:::',
    ...goals,
    ...blocks,
  ].join('\n\n');
const words = (...blocks: string[]) => parseLessonWords(whole(...blocks), file).words;
const slipIn = (...blocks: string[]): LessonTextError => {
  try {
    parseLessonWords(whole(...blocks), file);
  } catch (error) {
    if (error instanceof LessonTextError) return error;
  }
  throw new Error('It was accepted.');
};

describe('a lesson’s text', () => {
  test('becomes words by step and id', () => {
    const made = words(
      ':::bet{#left}\nWhat is *left*?\n\n- `all` All of it.\n- `none` Nothing **at all**.\n:::',
    );
    expect(made).toMatchObject({
      locale: 'en',
      title: 'A title',
      objective: 'Say one thing.',
      scene: '<p>Once.</p>',
    });
    expect(made.bets['left']).toEqual({
      html: '<p>What is <em>left</em>?</p>',
      options: [
        { id: 'all', html: 'All of it.' },
        { id: 'none', html: 'Nothing <strong>at all</strong>.' },
      ],
    });
    expect(made.goals.a).toEqual({ title: 'Goal a', html: '<p>Do it.</p>', done: '<p>Done.</p>' });
    expect(made.hints.b).toEqual(['<p>Hint 1.</p>', '<p>Hint 2.</p>', '<p>Hint 3.</p>']);
  });

  test('keeps presenter notes apart from what a learner loads', () => {
    const { words: forLearners, notes } = parseLessonWords(
      whole(':::notes{step=predict}\nAsk the room.\n:::'),
      file,
    );
    expect(notes).toEqual({ predict: '<p>Ask the room.</p>' });
    expect(JSON.stringify(forLearners)).not.toContain('Ask the room');
  });

  test('knobs have a label, a unit, a line of help and words for their values', () => {
    const made = words(':::knob[Publish]{#rate unit="a second"}\nAt once.\n\n- `0` never\n:::');
    expect(made.knobs['rate']).toEqual({
      label: 'Publish',
      unit: 'a second',
      html: '<p>At once.</p>',
      values: { '0': 'never' },
    });
  });

  test('a domain word wears its shape and says which token it means', () => {
    const said = words(':::explain{of=observe}\nThen :order[OC17] came.\n:::').explanations['observe'];
    expect(said).toContain('<button type="button" class="word" data-domain="order" data-word="OC17"><svg');
    expect(plainText(said)).toBe('Then OC17 came.');
  });

  test('a time of day is a time, not a directive', () => {
    expect(words(':::explain{of=observe}\nAt 0:36 it stops.\n:::').explanations['observe']).toBe(
      '<p>At 0:36 it stops.</p>',
    );
  });

  test('escapes what it is given, and opens other places in a tab of their own', () => {
    const said = words(':::explain{of=x}\nIf a &lt; b & c, see [there](https://kafka.apache.org/).\n:::')
      .explanations['x'];
    expect(said).toContain('a &#x3C; b &#x26; c');
    expect(said).toContain('<a target="_blank" rel="noreferrer" href="https://kafka.apache.org/">');
  });

  test('leaves places for the learner’s own numbers', () => {
    const said = words(':::explain{of=x}\nIt was read :own[again] times.\n:::').explanations['x'];
    expect(withOwnNumbers(said, { again: 4 })).toBe('<p>It was read <b class="own">4</b> times.</p>');
    expect(withOwnNumbers(said, {})).toBe('<p>It was read <b class="own">…</b> times.</p>');
  });
});

describe('a slip of the pen', () => {
  test('is reported with file, line and remedy', () => {
    const slip = slipIn(':::betting{#left}\nWhat?\n:::');
    expect(slip.message).toContain(`${file}:`);
    expect(slip.line).toBeGreaterThan(5);
    expect(slip.message).toContain('There is no block ":::betting"');
    expect(slip.remedy).toContain('Known blocks: scene, ');
  });

  const slips: readonly [what: string, text: string, says: string][] = [
    ['text outside of a block', 'Just so.', 'Text outside of a block'],
    ['an unknown word', ':::explain{of=x}\nAn :invoice[IN1].\n:::', 'no word ":invoice"'],
    ['a domain word without a name', ':::explain{of=x}\nAn :order here.\n:::', 'without [text]'],
    ['raw HTML', ':::explain{of=x}\nA <b onclick="x()">bold</b> one.\n:::', 'Raw HTML'],
    [
      'a script in a link',
      ':::explain{of=x}\n[Press](javascript:alert(1)).\n:::',
      'The link "javascript:alert(1)"',
    ],
    ['a picture', ':::explain{of=x}\n![A](https://a.example/a.png)\n:::', 'A picture'],
    ['a missing id', ':::bet\nWhat?\n:::', 'needs id'],
    ['an unknown attribute', ':::bet{#x colour=red}\nWhat?\n:::', 'no attribute "colour"'],
    ['the same id twice', ':::banner{step=fix}\nA.\n:::\n\n:::banner{step=fix}\nB.\n:::', 'a second time'],
    ['an option without an id', ':::bet{#x}\nWhat?\n\n- All of it.\n:::', 'without id or text'],
    ['two options with one id', ':::bet{#x}\nWhat?\n\n- `a` A.\n- `a` B.\n:::', '"a" stands here twice'],
    [
      'a domain word in an option',
      ':::bet{#x}\nWhat?\n\n- `a` An :order[OC1].\n:::',
      'A domain word in an option',
    ],
    ['a question that asks nothing', ':::bet{#x}\n- `a` A.\n:::', 'asks nothing'],
    ['a goal that does not exist', ':::done{goal=c}\nDone.\n:::', 'no goal "c"'],
    ['a step that does not exist', ':::notes{step=lunch}\nEat.\n:::', 'no step "lunch"'],
    ['a name without a kind', ':::names\n- `index` the search index\n:::', 'names no kind of thing'],
    ['an empty block', ':::explain{of=x}\n:::', 'is empty'],
  ];
  test.each(slips)('%s', (_, text, says) => {
    expect(slipIn(text).message).toContain(says);
  });

  test('front matter without a title, or with something else', () => {
    expect(() => parseLessonWords('---\ntitle: T\n---\n', file)).toThrow('needs title and objective');
    expect(() => parseLessonWords('---\ntitle: T\nobjective: O\nminutes: 8\n---\n', file)).toThrow(
      'unknown field "minutes"',
    );
    expect(() => parseLessonWords(':::scene\nOnce.\n:::', file)).toThrow('no front matter');
  });

  test('a missing part of a lesson', () => {
    expect(() => parseLessonWords(head, file)).toThrow('":::scene" is missing');
    const noHint = whole().replace(':::hint{goal=b n=2}\nHint 2.\n:::', '');
    expect(() => parseLessonWords(noHint, file)).toThrow(':::hint{goal=b n=2}: what to change');
  });

  test('a name without a locale', () => {
    expect(() => parseLessonWords(whole(), 'lessons/a/b/readme.md')).toThrow('index.en.md');
  });
});
