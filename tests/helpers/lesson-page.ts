/**
 * A lesson as a person finds it on the page; lesson 4 where nothing else is said: by the names of things, from the catalogues, so that a change of wording
 * breaks no journey. Nothing here looks into the page's own state.
 */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { parseLessonWords } from '../../scripts/lesson-words';
import { chartWords } from '../../src/stage/charts/words.en';
import { learn } from '../../src/app/words/learn.en';
import { shell } from '../../src/app/words/shell.en';
import { transport } from '../../src/app/words/transport.en';
import type { LessonStep } from '../../src/course/lesson';
import type { Confidence } from '../../src/course/lesson-flow';
import { plainText, type KnobWords, type LessonWords, type QuestionWords } from '../../src/course/words';

/** The words of a lesson, by its folder: "02-three-brokers/04-kafka-log". */
export function wordsOf(folder: string): LessonWords {
  const file = `lessons/${folder}/index.en.md`;
  return parseLessonWords(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), file).words;
}

export const slug = 'kafka-log';
/** The lesson's own words. */
export const said = wordsOf('02-three-brokers/04-kafka-log');
export const bet = said.bets['left-for-cache'];
export const transfer = said.probes['after-the-gap'];

/** The text of an option, as it is read out. */
export function optionText(question: Pick<QuestionWords, 'options'>, id: string): string {
  const option = question.options.find((one) => one.id === id);
  if (!option) throw new Error(`There is no option "${id}".`);
  return plainText(option.html);
}

/** Sentences of a piece of words that only this piece has: for "it is (not) on the page". */
export function firstWords(html: string, count = 6): string {
  return plainText(html).split(' ').slice(0, count).join(' ');
}

/** Confidence of a bet that is placed without a thought. */
export const anyConfidence: Confidence = 'guess';

export type LessonPage = ReturnType<typeof lessonPage>;

/** Finds and does what a person finds and does in a lesson. */
export function lessonPage(page: Page, lesson: string = slug) {
  const text = page.getByRole('region', { name: learn.lesson, exact: true });
  const work = page.getByRole('region', { name: learn.stage, exact: true });
  const controls = page.getByRole('group', { name: learn.knobs.label, exact: true });
  const time = page.getByRole('slider', { name: chartWords.axis, exact: true });
  const region = page.getByRole('region', { name: transport.region, exact: true });
  /** From 1 s to 10 s: on a slow machine, too, a run is over in a moment. */
  const lensPresses = 3;

  const stop = (step: LessonStep, state: 'here' | 'done' | 'ahead'): Locator =>
    text.getByRole('button', { name: learn.stop(learn.steps[step], state), exact: true });
  const next = (name: string): Locator => text.getByRole('button', { name, exact: true });

  async function expectStep(step: LessonStep): Promise<void> {
    await expect(stop(step, 'here')).toBeAttached({ timeout: 20_000 });
  }

  async function open(): Promise<void> {
    await page.goto(`./#/learn/${lesson}`);
    await expect(text).toBeVisible();
  }

  /** Opens a step as a reference: every stop can be. */
  async function openStep(step: LessonStep): Promise<void> {
    await text.getByRole('button', { name: new RegExp(`^${learn.steps[step]}(,|$)`) }).click();
    await expectStep(step);
  }

  /** A second on screen shows more, so that a person in a hurry sees the end soon. */
  async function hurry(presses = lensPresses): Promise<void> {
    const faster = region.getByRole('button', { name: transport.faster, exact: true });
    for (let press = 0; press < presses; press++) await faster.click();
  }

  async function answer(
    question: Pick<QuestionWords, 'options'>,
    id: string,
    sure: Confidence,
  ): Promise<void> {
    await text.getByRole('radio', { name: optionText(question, id), exact: true }).check();
    await text.getByRole('button', { name: learn.predict.confidences[sure], exact: true }).click();
  }

  async function placeBet(
    id: string,
    sure: Confidence = anyConfidence,
    question: Pick<QuestionWords, 'options'> = bet,
  ): Promise<void> {
    await answer(question, id, sure);
    await next(learn.predict.go).click();
  }

  async function report(offset: number): Promise<void> {
    await text.getByRole('textbox', { name: learn.observe.offset, exact: true }).fill(String(offset));
    await next(learn.observe.go).click();
  }

  /** Says what was seen, where there is a choice. */
  async function reportOption(question: Pick<QuestionWords, 'options'>, id: string): Promise<void> {
    await text.getByRole('radio', { name: optionText(question, id), exact: true }).check();
    await next(learn.observe.go).click();
  }

  /** One of a control's values. */
  function value(knob: KnobWords, id: string): Locator {
    return controls
      .getByRole('group', { name: knob.label })
      .getByRole('button', { name: knob.values[id], exact: true });
  }

  /** To a time by writing it, as "0:30". */
  async function goTo(where: string): Promise<void> {
    await region
      .getByRole('button', { name: new RegExp(transport.goTo) })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: transport.goTo });
    await dialog.getByRole('textbox').fill(where);
    await dialog.getByRole('button', { name: transport.go, exact: true }).click();
    await expect(dialog).toHaveCount(0);
  }

  /** As `goTo`, and waits until the run stands there: whoever acts before that acts in the past. */
  async function standAt(where: string): Promise<void> {
    await goTo(where);
    await expectNow(millisecondsOf(where));
  }

  /** Where the playhead stands, in milliseconds. */
  async function now(): Promise<number> {
    return Number(await time.getAttribute('aria-valuenow'));
  }

  async function expectNow(milliseconds: number): Promise<void> {
    await expect(time).toHaveAttribute('aria-valuenow', String(milliseconds));
  }

  /** Turns the seek knob and presses Go. In the past it is answered by a question. */
  async function seek(group: string, partition: number, offset: number): Promise<void> {
    await controls.getByRole('combobox', { name: learn.knobs.group, exact: true }).selectOption(group);
    await controls
      .getByRole('combobox', { name: learn.knobs.partition, exact: true })
      .selectOption(String(partition));
    const field = controls.getByRole('textbox', { name: learn.knobs.offset, exact: true });
    await field.fill(String(offset));
    await field.blur();
    await controls
      .getByRole('button', { name: learn.knobs.goLabel(group, partition, offset), exact: true })
      .click();
  }

  const mark = (name: string, earned: boolean): Locator =>
    page.getByRole('listitem', { name: earned ? learn.marks.earned(name) : learn.marks.open(name) });

  return {
    page, text, work, controls, time, region,
    stop, next, mark,
    open, openStep, expectStep, hurry, answer, placeBet, report, reportOption, value, goTo, standAt, now, expectNow, seek,
    forkQuestion: page.getByRole('dialog', { name: /^Fork from/ }),
    toEnd: () => region.getByRole('button', { name: transport.end, exact: true }).click(),
    play: region.getByRole('button', { name: transport.play, exact: true }),
    pause: region.getByRole('button', { name: transport.pause, exact: true }),
    tab: (name: string) => work.getByRole('tab', { name, exact: true }),
    settings: page.getByRole('button', { name: shell.settings, exact: true }),
  }; // prettier-ignore
}

/** "2:15.5" as milliseconds. */
export function millisecondsOf(where: string): number {
  const [minutes, seconds] = where.split(':').map(Number);
  return Math.round((minutes * 60 + seconds) * 1000);
}

/** Every step up to goal B, with the first answers that come to hand and the right ones where they are needed. */
export async function playToFix(lesson: LessonPage, firstOffset: number): Promise<void> {
  await playToBreak(lesson, firstOffset);
  await lesson.goTo('0:30');
  await lesson.seek('cache', 0, 0);
  await lesson.toEnd();
  await expect(lesson.mark(learn.marks.shown, true)).toBeVisible({ timeout: 20_000 });
  await lesson.next(learn.break.on).click();
  await lesson.expectStep('fix');
}

export async function playToBreak(lesson: LessonPage, firstOffset: number): Promise<void> {
  await lesson.next(learn.scene.go).click();
  await lesson.expectStep('predict');
  await lesson.placeBet('unread');
  await lesson.toEnd();
  await lesson.expectStep('observe');
  await lesson.report(firstOffset);
  await lesson.next(learn.observe.on).click();
  await lesson.expectStep('break');
}
