/** What may be told, and seen, after what a person has done: pure readings of the flow. */
import { ms, type Time } from '../kernel/time';
import type { Lesson, LessonStep, Probe } from './lesson';
import type { FlowContext } from './lesson-flow';

/** Every bet of the lesson is placed, or was left open on purpose. */
export function isBet({ bets, placed }: FlowContext): boolean {
  return bets.every((id) => placed.some((bet) => bet.id === id));
}

/** Goal A has been shown since the lesson was begun (again); the mark may be older. */
export function isShownNow({ judged }: FlowContext): boolean {
  return judged.some(({ goal, verdict }) => goal === 'a' && verdict === 'shown');
}

/** A design has been proved since the lesson was begun (again): the way on is open. */
export function hasProved({ judged }: FlowContext): boolean {
  return judged.some(({ goal, proved, verdict }) => goal === 'b' && proved && verdict === 'shown');
}

/** The design as it stands has been proved, and nothing was changed since. */
export function isProvedNow({ judged }: FlowContext): boolean {
  return judged.findLast(({ goal, proved }) => goal === 'b' && proved)?.verdict === 'shown';
}

/** The outcome may be told: it was reported, or the person has gone on without. */
export function isExplained({ reports, visited }: FlowContext): boolean {
  return reports.some(({ right }) => right) || (reports.length > 0 && visited.includes('break'));
}

/** Misconceptions behind the bets that came out differently. */
export function revealed(lesson: Lesson, { placed }: FlowContext): readonly string[] {
  return lesson.bets.flatMap(({ id, options }) => {
    const option = placed.find((bet) => bet.id === id)?.option;
    return options.find((one) => one.id === option)?.misconception ?? [];
  });
}

/**
 * How far time may go: nobody sees the outcome before betting on it, nor what came of a prediction before making it.
 * null: to the end of the run.
 */
export function limitOf(
  lesson: Lesson,
  step: LessonStep,
  context: FlowContext,
  probe: Probe | null,
): Time | null {
  if (probe) return context.answers.some(({ id }) => id === probe.bet.id) ? null : ms(probe.askAtMs);
  const early = step === 'scene' || step === 'predict' || step === 'run' || step === 'observe';
  if (!early || context.reports.length > 0) return null;
  return ms(isBet(context) ? lesson.observeAtMs : lesson.spoilsAtMs);
}

/** What was answered to the questions that goals ask, by question. */
export function answersIn(
  { answers }: Pick<FlowContext, 'answers'>,
  { questions = [] }: Pick<Lesson, 'questions'>,
): Readonly<Record<string, string>> {
  const given = answers.filter((answer) => questions.some(({ id }) => id === answer.id));
  return Object.fromEntries(given.map(({ id, option }) => [id, option]));
}
