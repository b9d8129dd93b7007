/**
 * The judge: folds a goal over history as it is made. It sees each fact once, stores none, and can be asked for its
 * judgement at any moment. It knows no broker, lesson or screen: only facts, roles and bodies.
 */
import { factType, type Fact, type FactId, type FactSink, type FactType } from '../kernel/fact';
import { newBench } from './compile';
import { together, type See, type Setting } from './fold';
import { clausesIn, type Clause, type ClauseVerdict, type Goal, type Judgement, type Verdict } from './goal';
import { allOf, unknown } from './verdict';

export type { Setting } from './fold';

/**
 * A sink for facts that knows what they prove. Facts it has seen are ignored, as the trace does, so a run may replay
 * its known past; a run with another past (a fork, an edited one) needs a new judge, fed from the beginning.
 */
export interface Judge extends FactSink {
  /**
   * The judgement on what it has seen. `atEnd`: no more facts will come, so what did not happen is decided too.
   * Asking changes nothing; more facts may follow.
   */
  judgement(atEnd: boolean): Judgement;
}

/** Makes a judge with an empty history. The goal must be valid (validate.ts). */
export function createJudge(goal: Goal, setting: Setting): Judge {
  const bench = newBench(setting);
  const folds = goal.clauses.map((clause) => bench.make(clause.expression));
  /** By FactType.index: what to do with a fact of that type; null: nothing; undefined: not yet asked. */
  const routes: (See | null | undefined)[] = [];
  let last: FactId = -1;

  function route(is: FactType): See | null {
    return (routes[is.index] = together(folds.map((fold) => fold.route(is))));
  }

  return {
    write(id, time, process, cause, is, subject, message, position, group, amount, detail) {
      if (id <= last) return;
      last = id;
      let see = routes[is.index];
      if (see === undefined) see = route(is);
      if (see !== null)
        see(id, time, process, cause, { is, subject, message, position, amount, group, detail });
    },
    judgement(atEnd) {
      if (last === -1) return judgementOfNothing(goal);
      const clauses = folds.map((fold, index) => ({ id: goal.clauses[index].id, ...fold.outcome(atEnd) }));
      const covered = bench.covers.every((cover) => cover.outcome(atEnd).verdict === 'shown');
      const verdict: Verdict = covered ? allOf(clauses.map((clause) => clause.verdict)) : 'unknown';
      return { goal: goal.id, verdict, clauses };
    },
  };
}

/** Judges a history that is already there: a stored one, or a part of it (ids must ascend). */
export function judgeHistory(goal: Goal, setting: Setting, facts: Iterable<Fact>, atEnd: boolean): Judgement {
  const judge = createJudge(goal, setting);
  tell(judge, facts);
  return judge.judgement(atEnd);
}

/** Shows a judge stored facts, in their order. */
export function tell(judge: Judge, facts: Iterable<Fact>): void {
  const types = new Map<string, FactType>();
  for (const fact of facts) {
    // By name, because joining kind and name for every fact costs more than judging it; the two hardly ever disagree.
    let is = types.get(fact.type);
    if (is?.kind !== fact.kind) types.set(fact.type, (is = factType(fact.kind, fact.type)));
    const { id, time, process, cause, subject, message, position, group, amount, detail } = fact;
    judge.write(id, time, process, cause, is, subject, message, position, group, amount, detail);
  }
}

/** Whatever the goal asks, a history in which nothing happened has not proved it. */
function judgementOfNothing(goal: Goal): Judgement {
  const ofNothing = (clause: Clause): ClauseVerdict => {
    const parts = (clausesIn(clause.expression) ?? []).map(ofNothing);
    return { id: clause.id, ...unknown('nothing'), parts };
  };
  return { goal: goal.id, verdict: 'unknown', clauses: goal.clauses.map(ofNothing) };
}
