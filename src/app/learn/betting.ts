/** Placing bets and answering predictions: what was chosen becomes what was said, and the run goes on to tell. */
import { isBet } from '../../course/lesson-told';
import { ms } from '../../kernel/time';
import { emptyDraft } from './unsaid.svelte';
import type { LessonSession } from './session.svelte';

/** Places the bet that was chosen and lets the run go on to where it is asked about. */
export function placeBet(session: LessonSession): void {
  const { option, confidence } = session.unsaid.draft;
  const open = session.lesson.bets.find(({ id }) => !session.context.placed.some((bet) => bet.id === id));
  if (!open || option === null || confidence === null) return;
  session.send({ type: 'bet', id: open.id, option, confidence, at: session.now });
  session.unsaid.draft = emptyDraft;
  if (isBet(session.context)) session.runOn();
}

export function watchFirst(session: LessonSession): void {
  session.send({ type: 'watch', at: session.now });
  session.runOn();
}

/** Answers the warm-up or the transfer, and lets its run tell. */
export function answerProbe(session: LessonSession): void {
  const { probe } = session;
  const { option, confidence } = session.unsaid.draft;
  if (!probe || option === null) return;
  session.send({ type: 'answer', id: probe.bet.id, option, confidence, at: session.now });
  session.unsaid.draft = emptyDraft;
  void session.player.playTo(ms(probe.tellAtMs));
}

/** Answers the small question on the way: which offset will be read first. */
export function answerPrompt(session: LessonSession, offset: number): void {
  const { prompt } = session.aside;
  if (!prompt) return;
  session.send({ type: 'answer', id: prompt.id, option: String(offset), confidence: null, at: session.now });
}
