/**
 * Checks a goal that comes from outside (a file, a form, a link) before anything is judged by it. Not needed where a
 * goal is written in TypeScript and played by tests: import it lazily.
 */
import * as v from 'valibot';
import { clausesIn, type Clause, type Goal } from './goal';
import { goalSchema } from './goal-schema';

/** Clauses of a goal, those inside `all`, `any` and `during` counted too. */
export const clausesMax = 40;
/** How deep clauses may nest; those of the goal itself are at depth 1. */
export const depthMax = 6;

/** What is wrong in a goal, where, and what would be right. */
export interface GoalProblem {
  /** "clauses[2].expression.of.kind"; "" is the goal as a whole. */
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

export type GoalCheck =
  | { readonly goal: Goal; readonly problems: readonly [] }
  | { readonly goal: null; readonly problems: readonly GoalProblem[] };

/** A content mistake: the message names every problem with its path and remedy, one a line. */
export class BadGoal extends Error {
  override readonly name = 'BadGoal';
  constructor(readonly problems: readonly GoalProblem[]) {
    super(problems.map(({ path, problem, remedy }) => `${path || 'goal'}: ${problem} ${remedy}`).join('\n'));
  }
}

/** Plain data → Goal. Throws BadGoal. */
export function parseGoal(input: unknown): Goal {
  const { goal, problems } = checkGoal(input);
  if (goal) return goal;
  throw new BadGoal(problems);
}

/** Plain data → a goal, or everything that is wrong with it. Never throws. */
export function checkGoal(input: unknown): GoalCheck {
  // First, without recursion: the schema below must not be sent into the depths of a hostile file.
  const tooLarge = sizeProblem(input);
  if (tooLarge) return { goal: null, problems: [tooLarge] };
  const result = v.safeParse(goalSchema, input);
  if (!result.success) return { goal: null, problems: result.issues.map(asProblem) };
  const goal = result.output as Goal;
  const problems = structureProblems(goal);
  return problems.length > 0 ? { goal: null, problems } : { goal, problems: [] };
}

// What a shape cannot say.

/** Walks the clauses level by level, whatever they are, and stops at the limits. */
function sizeProblem(input: unknown): GoalProblem | null {
  let level = listAt(input, 'clauses');
  let seen = 0;
  for (let depth = 1; level.length > 0; depth++) {
    seen += level.length;
    if (seen > clausesMax) {
      return problem(
        'clauses',
        `has more than ${clausesMax} clauses.`,
        'A goal that long cannot be read: split it.',
      );
    }
    if (depth > depthMax) {
      return problem(
        'clauses',
        `nests more than ${depthMax} deep.`,
        'Join nested clauses of the same operator.',
      );
    }
    level = level.flatMap((it) => {
      const { op, of } = recordOf(recordOf(it)['expression']);
      return (op === 'all' || op === 'any' || op === 'during') && Array.isArray(of) ? (of as unknown[]) : [];
    });
  }
  return null;
}

function structureProblems(goal: Goal): GoalProblem[] {
  const problems: GoalProblem[] = [];
  const ids = new Set<string>();
  const visit = (clauses: readonly Clause[], path: string, isTop: boolean): void => {
    clauses.forEach(({ id, expression }, index) => {
      const at = `${path}[${index}]`;
      if (ids.has(id))
        problems.push(problem(`${at}.id`, `is used twice: "${id}".`, 'Give each clause its own id.'));
      ids.add(id);
      if (expression.op === 'cover' && !isTop) {
        problems.push(
          problem(
            at,
            'is a cover inside another clause.',
            'It counts for the whole goal: move it to the top.',
          ),
        );
      }
      const parts = clausesIn(expression);
      if (parts) visit(parts, `${at}.expression.of`, false);
    });
  };
  visit(goal.clauses, 'clauses', true);
  return problems;
}

// Words for what is wrong.

function asProblem(issue: v.BaseIssue<unknown>): GoalProblem {
  const path = pathOf(issue);
  const [said, remedy] = issue.message.split('\n');
  if (remedy !== undefined) return problem(path, said, remedy);
  const given = issue.received;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return problem(path, 'is no field of this.', 'Check its spelling, or remove it.');
  }
  if (given === 'undefined') return problem(path, 'is missing.', 'Add it.');
  return problem(path, `is ${given}.`, `Use ${wantedOf(issue)}.`);
}

function wantedOf({ expected }: v.BaseIssue<unknown>): string {
  if (expected === null) return 'something else';
  const plain = /^\(.*\)$/.test(expected) ? expected.slice(1, -1) : expected;
  const options = plain
    .split(' | ')
    .map((option) => (option === 'Object' ? 'an object' : option === 'Array' ? 'a list' : option));
  return options.length > 1
    ? `one of ${options.join(', ')}`
    : options[0].replace(/^(string|number)$/, 'a $1');
}

function pathOf({ path }: v.BaseIssue<unknown>): string {
  return (path ?? []).reduce((text, { key }) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function problem(path: string, said: string, remedy: string): GoalProblem {
  return { path, problem: said, remedy };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listAt(value: unknown, key: string): unknown[] {
  const list = recordOf(value)[key];
  return Array.isArray(list) ? (list as unknown[]) : [];
}
