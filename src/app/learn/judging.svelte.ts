/** A goal, judged on the run in view as far as the playhead, while it goes by. */
import type { Goal, Judgement } from '../../judge/goal';
import { judgeHistory, type Setting } from '../../judge/judge';
import type { Fact } from '../../kernel/fact';
import { isGone, type RunHost } from '../../scenario/host';
import type { Scenario } from '../../scenario/scenario';

/** What can be said of a run at an instant. */
export interface Look {
  /** As things stand; what only the end can show is "waiting". */
  readonly soFar: Judgement;
  /** As if the run ended here. */
  readonly ifNow: Judgement;
}

export class Judging {
  /** History of the run in view, up to the playhead. */
  facts = $state.raw<readonly Fact[]>([]);
  #host: RunHost | null = null;
  /** Everything fetched of that run; may reach past the playhead. */
  #known: Fact[] = [];
  /** Several may be asked at a time, of a worker: an earlier answer must not replace a later one. */
  #asked = 0;
  #answered = 0;
  #setting: Setting = { roleOf: () => '', bodyOf: () => { throw new RangeError('no bodies yet'); } }; // prettier-ignore

  get setting(): Setting {
    return this.#setting;
  }

  /** As `bringUp`; a run that has left the stage meanwhile is no longer of interest. */
  async follow(host: RunHost, scenario: Scenario, count: number): Promise<void> {
    try {
      await this.bringUp(host, scenario, count);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** Brings `facts` up to the first `count` facts of the run. Cheap when nothing is new. */
  private async bringUp(host: RunHost, scenario: Scenario, count: number): Promise<void> {
    if (host !== this.#host) {
      this.#host = host;
      this.#known = [];
    }
    const known = this.#known;
    const turn = ++this.#asked;
    while (known.length < count) {
      const more = await host.facts({ from: known.length, to: count });
      if (more.length === 0 || known !== this.#known) return;
      // Another answer may have brought some of them meanwhile.
      for (const fact of more) if (fact.id === known.length) known.push(fact);
    }
    const bodies = await host.bodies();
    if (host !== this.#host || turn < this.#answered) return;
    this.#answered = turn;
    const { services } = scenario;
    this.#setting = {
      roleOf: (process) => services.find(({ name }) => name === process)?.role ?? '',
      bodyOf: (message) => bodies[message],
    };
    if (count !== this.facts.length || this.facts.at(-1) !== known[count - 1])
      this.facts = known.slice(0, count);
  }

  look(goal: Goal, answers: NonNullable<Setting['answers']> = {}): Look {
    const setting = { ...this.#setting, answers };
    return {
      soFar: judgeHistory(goal, setting, this.facts, false),
      ifNow: judgeHistory(goal, setting, this.facts, true),
    };
  }
}
