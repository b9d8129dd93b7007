/** Runs on stage that are not the learner's own: a ghost that shows the solution, a run of a proof. */
import { loadScripts } from '../../course/load';
import type { GoalId } from '../../course/lesson-flow';
import { endOf, scripted, type RunStart } from '../../course/runs';
import { scriptsIn } from '../../course/worlds';
import { ms, type Time } from '../../kernel/time';
import type { FactId } from '../../kernel/fact';
import type { RunHost } from '../../scenario/host';
import type { ClauseVerdict } from '../../judge/goal';
import type { Proof } from '../../scenario/prove';
import type { Recording } from '../../scenario/scenario';
import type { Selection } from '../../stage/selection';
import type { Player } from '../player.svelte';

export interface Visit {
  readonly kind: 'ghost' | 'proof' | 'shared';
  readonly recording: Recording;
  /** Opens here, paused (microseconds). */
  readonly time: Time;
  readonly endMs: number;
  /** Stands right after this fact, where it is not null. */
  readonly fact?: FactId | null;
  readonly selection?: Selection | null;
  /** The history is not what the sender saw. */
  readonly differs?: boolean;
}

/** A ghost begins this long before it does something. */
const ghostLeadMs = 1500;

/** The solution of a goal, from shortly before its first action. */
export async function visitOfSolution(
  slug: string,
  start: RunStart,
  goal: GoalId,
  world: string | null = null,
): Promise<Visit> {
  const script = scriptsIn(await loadScripts(slug), world).solution[goal];
  const recording = scripted(start.recording, script);
  const first = Math.min(...script.map(({ atMs }) => atMs));
  return {
    kind: 'ghost',
    recording,
    time: ms(Math.max(0, first - ghostLeadMs)),
    endMs: endOf(recording, start.endMs),
  };
}

/** The clause that says why a goal is not shown: one that is broken, else one that is not met; null: it is shown. */
export function decidingClause({ verdict, clauses }: Proof['judgement']): ClauseVerdict | null {
  if (verdict === 'shown') return null;
  const broken = clauses.find((clause) => clause.verdict === 'violated');
  return broken ?? clauses.find((clause) => clause.verdict !== 'shown') ?? null;
}

/** A run of a proof, at what decided it. */
export function visitToProof({ recording, judgement }: Proof, endMs: number): Visit {
  const failed = decidingClause(judgement);
  const end = endOf(recording, endMs);
  return { kind: 'proof', recording, time: failed?.at ?? ms(end), endMs: end };
}

export class Visiting {
  current = $state.raw<Visit | null>(null);
  /** On the way there: the stage is nobody's. */
  opening = $state(false);
  #recall: (() => Promise<void>) | null = null;

  /** The learner's own run is not on stage. */
  get away(): boolean {
    return this.current !== null || this.opening;
  }

  /** Puts a visit on stage. Does nothing while another is on its way, or when `wanted` says no by the time it is there. */
  async open(
    visit: Visit,
    player: Player,
    createHost: (recording: Recording) => Promise<RunHost>,
    wanted: () => boolean = () => true,
  ): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    try {
      await this.#leave();
      const { recording, time, endMs } = visit;
      const host = await createHost(recording);
      if (!wanted()) return host.dispose();
      const { limit } = player;
      const recall = await player.replaceHost(host, { endMs, time: Math.min(time, ms(endMs)), keep: true });
      this.#recall = async () => {
        player.frozen = false;
        await recall();
        player.limit = limit;
      };
      if (typeof visit.fact === 'number') await player.seekFact(visit.fact);
      if (visit.selection) player.select(visit.selection);
      this.current = visit;
      player.frozen = true;
    } finally {
      this.opening = false;
    }
  }

  /** The learner's own run again, as it was left. What was visited; null when nothing was. */
  async back(): Promise<Visit | null> {
    return this.#leave();
  }

  async #leave(): Promise<Visit | null> {
    const { current } = this;
    const recall = this.#recall;
    this.#recall = null;
    await recall?.();
    this.current = null;
    return current;
  }

  /** Another run takes the stage: there is nothing to come back from. */
  forget(player: Player): void {
    player.frozen = false;
    this.#recall = null;
    this.current = null;
  }
}
