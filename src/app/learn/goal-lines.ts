/** A goal as lines to read: the sentence of each clause, what history says of it, and the fact that says so. */
import type { Clause, ClauseVerdict, Goal, Judgement } from '../../judge/goal';
import { clauseNote, clauseSentence, type Voice } from '../../judge/sentence';
import type { Body } from '../../kernel/bodies';
import type { Fact } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import { words } from '../i18n';
import { learn } from '../words/learn.en';

export interface GoalLine {
  readonly id: string;
  readonly sentence: string;
  /** kept: shown. holds: nothing against it so far. open: not yet. broken: violated. */
  readonly state: 'kept' | 'holds' | 'open' | 'broken';
  /** "cache, 9 to 5", "not yet", "2 of 3". */
  readonly note: string;
  /** Where "Why?" goes; null while no fact has decided it. */
  readonly fact: number | null;
}

const w = words({ en: learn });

/**
 * `judgement` null: nothing has been judged yet. `factOf` finds a fact that decided something. What went wrong before
 * `editedAt`, when the design was edited last, says nothing about the design as it is now: it is open.
 */
export function goalLines(
  goal: Goal,
  judgement: Judgement | null,
  voice: Voice,
  factOf: (id: number) => Fact | undefined = () => undefined,
  bodies: readonly Body[] = [],
  editedAt: Time = 0,
): readonly GoalLine[] {
  return goal.clauses.map((clause, index) => {
    const verdict = judgement?.clauses[index] ?? null;
    const decided = verdict && verdict.verdict !== 'unknown' ? (verdict.facts.at(-1) ?? null) : null;
    const fact = decided === null ? undefined : factOf(decided);
    const isPast = verdict?.verdict === 'violated' && fact !== undefined && fact.time < editedAt;
    return {
      id: clause.id,
      sentence: clauseLine(clause, voice),
      state: isPast ? 'open' : stateOf(verdict),
      note: isPast
        ? w.goal.beforeEdit
        : fact
          ? evidence(fact, bodies, voice)
          : verdict
            ? clauseNote(clause, verdict, voice)
            : w.goal.notYet,
      fact: decided,
    };
  });
}

/** The sentence of a clause. Of a question it says that it is answered, not how: the list stands above the question. */
export function clauseLine(clause: Clause, voice: Voice): string {
  if (clause.expression.op === 'answer') return w.goal.answered;
  return clauseSentence(spoken(clause), voice);
}

/** "At least one" is said as what has to happen, also where it is there to make the other clauses mean something. */
function spoken(clause: Clause): Clause {
  const { expression } = clause;
  const isOne = expression.op === 'cover' && expression.is.min === 1 && expression.is.max === undefined;
  return isOne ? { ...clause, expression: { op: 'some', of: expression.of } } : clause;
}

function stateOf(verdict: ClauseVerdict | null): GoalLine['state'] {
  if (!verdict) return 'open';
  if (verdict.verdict === 'shown') return 'kept';
  if (verdict.verdict === 'violated') return 'broken';
  return verdict.missing === 'waiting' ? 'holds' : 'open';
}

/** A deciding fact in two or three words: who, what, or when. */
function evidence(fact: Fact, bodies: readonly Body[], voice: Voice): string {
  if (fact.kind === 'sought') return w.evidence.sought(fact.group, fact.amount, fact.position);
  const label = fact.message >= 0 ? bodies[fact.message]?.label : undefined;
  if (label && fact.group) return w.evidence.handled(label, fact.group);
  return label ? w.evidence.at(label, voice.time(fact.time)) : voice.time(fact.time);
}
