/** Going to what a lesson speaks of. */
import type { Lesson, Probe } from '../../course/lesson';
import type { Answer } from '../../course/lesson-flow';
import { check } from '../../course/observe';
import type { Match } from '../../judge/goal';
import { storedMatcher } from '../../judge/stored';
import type { Fact, FactId } from '../../kernel/fact';
import { ms } from '../../kernel/time';
import type { Player } from '../player.svelte';
import type { Judging } from './judging.svelte';

/** To the instant of a fact, with what it is about selected. It stays there, also if time was going by. */
export async function goToFact(player: Player, id: FactId): Promise<void> {
  player.pause();
  const [fact] = await player.factsBetween(id, id + 1);
  await player.seekFact(id);
  if (!fact) return;
  if (fact.message >= 0) player.select({ kind: 'message', message: fact.message });
  else player.select({ kind: 'address', address: fact.subject });
}

/** History of the run in view up to the moment of the report: what a learner may be asked about. */
async function observed({ observeAtMs }: Lesson, player: Player): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  // An answer has a bound; a long history takes several.
  for (;;) {
    const more = await player.host.facts({ from: facts.length });
    facts.push(...more);
    if (more.length === 0 || facts[facts.length - 1].time > ms(observeAtMs)) break;
  }
  return facts.filter(({ time }) => time <= ms(observeAtMs));
}

/** Whether what was reported is what the run shows. */
export async function isSeen(
  lesson: Lesson,
  player: Player,
  { setting }: Judging,
  answer: string,
): Promise<boolean> {
  return check(lesson.observation, answer, await observed(lesson, player), setting).right;
}

/** Goes to the moment the observation is about. */
export async function replayObserved(lesson: Lesson, player: Player, { setting }: Judging): Promise<void> {
  if (player.frontier < ms(lesson.observeAtMs)) await player.seek(ms(lesson.observeAtMs));
  const { moment } = check(lesson.observation, '', await observed(lesson, player), setting);
  if (moment !== null) await goToFact(player, moment);
}

/** Selects what the last fact that matches is about, without going there. */
export function selectMoment(player: Player, { facts, setting }: Judging, moment: Match): void {
  const fact = facts.findLast(storedMatcher(moment, setting));
  if (fact && fact.message >= 0) player.select({ kind: 'message', message: fact.message });
}

/** Whether the answer to a question elsewhere was right, now that its run has told; null: nobody answered, or it was told before. */
export function decided({ bet }: Probe, answers: readonly Answer[]): boolean | null {
  const answer = answers.find(({ id }) => id === bet.id);
  if (!answer || answer.right !== null) return null;
  return bet.options.find(({ id }) => id === answer.option)?.right === true;
}
