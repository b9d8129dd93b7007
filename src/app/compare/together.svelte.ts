/** Several runs of one workload under one playhead: the first leads, the others stand where it stands. */
import type { MessageId } from '../../kernel/bodies';
import { ms, type Time } from '../../kernel/time';
import { createLocalHost } from '../../scenario/local-host';
import { Player } from '../player.svelte';
import { settings } from '../settings.svelte';
import { courseOf, type Course } from './course';
import { differencesOf, type Difference } from './differences';
import { samplesOf, type Sample } from './sampling';
import { recordingOf, setting, type Variant, type Workload } from './workload';

export interface Run {
  readonly variant: Variant;
  readonly player: Player;
  readonly course: Course;
  readonly samples: readonly Sample[];
}

export class Together {
  readonly runs: readonly Run[];
  readonly differences: readonly Difference[];
  readonly #lead: Player;

  private constructor(runs: readonly Run[]) {
    this.runs = runs;
    this.differences = differencesOf(runs);
    this.#lead = runs[0].player;
  }

  /** Plays every run to its end first: what differs is known before anybody looks. */
  static async play(variants: readonly Variant[], workload: Workload): Promise<Together> {
    const end = ms(setting.endMs);
    const runs = await Promise.all(
      variants.map(async (variant): Promise<Run> => {
        const host = await createLocalHost(recordingOf(variant, workload));
        await host.viewAt(end, { cells: 0, lanes: {}, rows: 0 });
        const course = courseOf(await host.facts({}), await host.bodies());
        const samples = await samplesOf(host, end);
        const player = new Player({
          host,
          lensMs: 1000,
          endMs: setting.endMs,
          reducedMotion: () => settings.reducedMotion,
        });
        return { variant, player, course, samples };
      }),
    );
    return new Together(runs);
  }

  /** The order to begin with: one that was handed out again, else the first one that makes a difference. */
  get mostTelling(): MessageId {
    const again = this.runs.flatMap(({ course }) => course.handlings).find(({ nth }) => nth > 1);
    return again?.message ?? this.differences.at(0)?.message ?? 0;
  }
  get lead(): Player {
    return this.#lead;
  }
  get time(): Time {
    return this.#lead.time;
  }
  get end(): Time {
    return ms(setting.endMs);
  }

  /** The others to where the first one is. To be called whenever that has moved. */
  follow(): void {
    for (const { player } of this.runs.slice(1)) void player.seek(this.#lead.time);
  }

  seek(time: Time): void {
    this.#lead.pause();
    void this.#lead.seek(Math.max(0, Math.min(this.end, time)));
  }

  dispose(): void {
    for (const { player } of this.runs) player.dispose();
  }
}
