/** Keys 1 to 9 choose an option of whatever is asked in the present step. */
import { isBet } from '../../course/lesson-told';
import type { LessonSession } from './session.svelte';

export function chooseOption(session: LessonSession, digit: number): void {
  const options = optionsOf(session);
  const option = options[digit - 1];
  if (option === undefined) return;
  if (session.step === 'observe') session.unsaid.answer = option;
  else session.unsaid.draft = { ...session.unsaid.draft, option };
}

function optionsOf(session: LessonSession): readonly string[] {
  const { lesson, context, probe, step } = session;
  if (probe) {
    const answered = context.answers.some(({ id }) => id === probe.bet.id);
    return answered ? [] : probe.bet.options.map(({ id }) => id);
  }
  if (step === 'predict' && !isBet(context)) {
    const open = lesson.bets.find(({ id }) => !context.placed.some((bet) => bet.id === id));
    return open?.options.map(({ id }) => id) ?? [];
  }
  const { observation } = lesson;
  return step === 'observe' && observation.kind === 'choice' ? observation.options.map(({ id }) => id) : [];
}
