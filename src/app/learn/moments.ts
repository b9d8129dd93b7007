/** Going to what a lesson speaks of. */
import type { Lesson } from '../../course/lesson';
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
export async function observed({ observeAtMs }: Lesson, player: Player): Promise<readonly Fact[]> {
  const facts = await player.host.facts({});
  return facts.filter(({ time }) => time <= ms(observeAtMs));
}

/** Selects what the last fact that matches is about, without going there. */
export function selectMoment(player: Player, { facts, setting }: Judging, moment: Match): void {
  const fact = facts.findLast(storedMatcher(moment, setting));
  if (fact && fact.message >= 0) player.select({ kind: 'message', message: fact.message });
}
