/** A goal, judged on the run in view as far as the playhead, while it goes by. */
import type { Goal, Judgement } from '../../judge/goal';
import { createJudge, tell, type Judge, type Setting } from '../../judge/judge';
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

/** A judge and how far it has seen. */
interface Bench {
  readonly goal: Goal;
  readonly judge: Judge;
  readonly count: number;
  readonly last: Fact | undefined;
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

  /** What judges of this run look things up in; as it is known by then, not as it was when they began. */
  readonly #live = ((all: Judging): Setting => ({
    roleOf: (process) => all.#setting.roleOf(process),
    bodyOf: (message) => all.#setting.bodyOf(message),
    get answers() {
      return all.#answers;
    },
  }))(this);
  #answers: NonNullable<Setting['answers']> = {};
  #bench: Bench | null = null;

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
    this.#answers = answers;
    const { judge } = this.#upTo(goal);
    return { soFar: judge.judgement(false), ifNow: judge.judgement(true) };
  }

  /** A judge who has seen `facts`: the last one, shown what is new, as long as nothing it has seen is taken back. */
  #upTo(goal: Goal): Bench {
    const { facts } = this;
    let bench = this.#bench;
    const goesOn =
      bench?.goal === goal && bench.count <= facts.length && facts[bench.count - 1] === bench.last;
    if (!bench || !goesOn) bench = { goal, judge: createJudge(goal, this.#live), count: 0, last: undefined };
    tell(bench.judge, bench.count === 0 ? facts : facts.slice(bench.count));
    return (this.#bench = { ...bench, count: facts.length, last: facts.at(-1) });
  }
}
