/** What the events of a lesson change in its context: pure functions for lesson-flow.ts. */
import type { Answer, FlowContext, FlowEvent, FlowInput, GoalId, Judged, RunId } from './lesson-flow';
import type { LessonStep } from './lesson';

type Changes = Partial<FlowContext>;
type EventOf<Type extends FlowEvent['type']> = Extract<FlowEvent, { type: Type }>;

/** Hints per goal: where to look, what to change, watch a ghost do it. */
export const hintStages = 3;

export function fresh(input: FlowInput): FlowContext {
  return {
    ...input,
    visited: [],
    placed: [],
    reports: [],
    answers: [],
    hints: [],
    judged: [],
    effort: { a: 'none', b: 'none' },
    shown: false,
    fixed: false,
    transferred: false,
    solutionSeed: { a: null, b: null },
    ghost: null,
    world: null,
  };
}

export function visit(context: FlowContext, step: LessonStep): Changes {
  return context.visited.includes(step) ? {} : { visited: [...context.visited, step] };
}

/** A bet stands once it is placed. Watching first is recorded as no bet, for every bet not placed yet. */
export function bet(context: FlowContext, event: FlowEvent): Changes {
  if (event.type === 'bet') {
    const { id, option, confidence, at } = event;
    return { placed: [...context.placed, { id, option, confidence, at }] };
  }
  if (event.type !== 'watch') return {};
  const open = context.bets.filter((id) => !context.placed.some((one) => one.id === id));
  return {
    placed: [...context.placed, ...open.map((id) => ({ id, option: null, confidence: null, at: event.at }))],
  };
}

export function report(context: FlowContext, event: FlowEvent): Changes {
  if (event.type !== 'report') return {};
  const { id, option, right, at } = event;
  return { reports: [...context.reports, { id, option, right, at }] };
}

export function answer(context: FlowContext, event: FlowEvent): Changes {
  if (event.type !== 'answer' || context.answers.some((one) => one.id === event.id)) return {};
  const { id, option, confidence, at } = event;
  return { answers: [...context.answers, { id, option, confidence, right: null, at }] };
}

export function choose(context: FlowContext, event: FlowEvent): Changes {
  if (event.type !== 'choose') return {};
  const { id, option, at } = event;
  const others = context.answers.filter((one) => one.id !== id);
  return { answers: [...others, { id, option, confidence: null, right: null, at }] };
}

/** Every verdict is kept; what it earns is decided here and nowhere else. */
export function verdict(context: FlowContext, event: FlowEvent): Changes {
  if (event.type === 'told') return told(context, event);
  if (event.type !== 'judged' && event.type !== 'proved') return {};
  const proved = event.type === 'proved';
  const goal = proved ? 'b' : event.goal;
  const judged = keep(context, { goal, verdict: event.verdict, proved, at: event.at });
  const passed = event.verdict === 'shown';
  if (!proved) return { judged, shown: context.shown || (goal === 'a' && passed) };
  const own = context.solutionSeed.b !== event.seed;
  return {
    judged,
    fixed: context.fixed || (passed && own),
    effort: { ...context.effort, b: ranAfter(context.effort.b) },
  };
}

/** The design is another one now: what was proved of it no longer counts, though the way on stays open. */
export function unprove(context: FlowContext, event: FlowEvent): Changes {
  if (!('at' in event)) return {};
  const last = context.judged.findLast(({ goal, proved }) => goal === 'b' && proved);
  if (last?.verdict !== 'shown') return {};
  return { judged: keep(context, { goal: 'b', verdict: 'unknown', proved: true, at: event.at }) };
}

function told(context: FlowContext, event: EventOf<'told'>): Changes {
  const settle = (one: Answer): Answer => (one.id === event.id ? { ...one, right: event.right } : one);
  const changes: Changes = { answers: context.answers.map(settle) };
  if (!event.transfer) return changes;
  const verdict = event.right ? 'shown' : 'violated';
  const judged = keep(context, { goal: 'transfer', verdict, proved: false, at: event.at });
  return { ...changes, judged, transferred: context.transferred || event.right };
}

/** The same verdict twice in a row is one verdict. */
function keep(context: FlowContext, next: Judged): readonly Judged[] {
  const last = context.judged.filter((one) => one.goal === next.goal && one.proved === next.proved).at(-1);
  return last?.verdict === next.verdict ? context.judged : [...context.judged, next];
}

export function effort(context: FlowContext, goal: GoalId, kind: 'changed' | 'ran'): Changes {
  const next = kind === 'changed' ? changedAfter(context.effort[goal]) : ranAfter(context.effort[goal]);
  return next === context.effort[goal] ? {} : { effort: { ...context.effort, [goal]: next } };
}

function changedAfter(before: FlowContext['effort'][GoalId]): FlowContext['effort'][GoalId] {
  return before === 'ran' ? 'ran' : 'changed';
}

/** Running without having changed anything is no effort: it would show what was seen already. */
function ranAfter(before: FlowContext['effort'][GoalId]): FlowContext['effort'][GoalId] {
  return before === 'none' ? 'none' : 'ran';
}

/** A hint is open after a change and a run since the one before it. Nobody is told how many are left. */
export function hintIsOpen(context: FlowContext, goal: GoalId): boolean {
  return context.effort[goal] === 'ran' && hintCount(context, goal) < hintStages;
}

export function hintCount(context: FlowContext, goal: GoalId): number {
  return context.hints.filter((one) => one.goal === goal).length;
}

export function hint(context: FlowContext, goal: GoalId, event: FlowEvent): Changes {
  if (event.type !== 'hint') return {};
  const opened = { goal, stage: hintCount(context, goal), at: event.at };
  return { hints: [...context.hints, opened], effort: { ...context.effort, [goal]: 'none' } };
}

/** Watching spoils the run it is watched on: its seed can no longer earn Fixed. */
export function ghost(context: FlowContext, goal: GoalId): Changes {
  const seed = context.seeds[goal === 'a' ? 'base' : 'fix'];
  return { ghost: goal, solutionSeed: { ...context.solutionSeed, [goal]: seed } };
}

/** After the solution was watched a reset brings another seed, so that what is then shown is one's own work. */
export function reset(context: FlowContext, event: FlowEvent): Changes {
  if (event.type !== 'reset') return {};
  const seeds = { ...context.seeds, [event.run]: unspoiled(context, event.run) };
  return { ghost: null, seeds, ...(event.run === 'fix' ? unprove(context, event) : {}) };
}

/** What was proved was proved of another world. */
export function world(context: FlowContext, event: FlowEvent): Changes {
  if (event.type !== 'world' || event.id === context.world) return {};
  return { world: event.id, ghost: null, ...unprove(context, event) };
}

/** Everything but the marks and what was watched begins again. */
export function startOver(context: FlowContext): FlowContext {
  const { bets, warmups, shown, fixed, transferred, solutionSeed } = context;
  const seeds = { ...context.seeds, base: unspoiled(context, 'base'), fix: unspoiled(context, 'fix') };
  return { ...fresh({ bets, warmups, seeds }), shown, fixed, transferred, solutionSeed };
}

function unspoiled(context: FlowContext, run: RunId): number {
  const watched = run === 'base' ? context.solutionSeed.a : run === 'fix' ? context.solutionSeed.b : null;
  return watched === context.seeds[run] ? watched + 1 : context.seeds[run];
}
