/** Runs on stage that are not the learner's own: a ghost that shows the solution, a run of a proof. */
import { ms, type Time } from '../../kernel/time';
import type { RunHost } from '../../scenario/host';
import type { Recording } from '../../scenario/scenario';
import type { Player } from '../player.svelte';

export interface Visit {
  readonly kind: 'ghost' | 'proof';
  readonly recording: Recording;
  /** Opens here, paused (microseconds). */
  readonly time: Time;
  readonly endMs: number;
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

  async open(
    visit: Visit,
    player: Player,
    createHost: (recording: Recording) => Promise<RunHost>,
  ): Promise<void> {
    if (this.current) await this.back();
    this.opening = true;
    const { recording, time, endMs } = visit;
    const host = await createHost(recording);
    const { limit } = player;
    const recall = await player.replaceHost(host, { endMs, time: Math.min(time, ms(endMs)), keep: true });
    this.#recall = async () => {
      await recall();
      player.limit = limit;
    };
    this.current = visit;
    this.opening = false;
  }

  /** The learner's own run again, as it was left. What was visited; null when nothing was. */
  async back(): Promise<Visit | null> {
    const { current } = this;
    await this.#recall?.();
    this.forget();
    return current;
  }

  /** Another run takes the stage: there is nothing to come back from. */
  forget(): void {
    this.#recall = null;
    this.current = null;
  }
}
