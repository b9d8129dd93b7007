/**
 * Says a goal, and what has become of it, from the same data that is judged: nothing shown can differ from what is
 * checked. Names come from the lesson, words and grammar from a catalogue, times from whoever shows them.
 */
import type { Time } from '../kernel/time';
import type { Catalogue, Happening, Share } from './catalogue';
import {
  clausesIn,
  type Bound,
  type Clause,
  type ClauseVerdict,
  type Expression,
  type Goal,
  type Judgement,
  type Match,
  type Of,
  type Table,
} from './goal';

/** How the lesson calls its things, as noun phrases inside a sentence, with their article. */
export interface Names {
  /** A role as the one who does something, and as the owner of a table: "the search index". */
  role(role: string): string;
  /** Where something happens, by role or topic; '' when it goes without saying (the only topic there is). */
  place(on: string): string;
  /** What a topic is the record of: "the catalogue". */
  truth(topic: string): string;
  group(group: string): string;
  /** What the key of a message names: "Ben"; the key itself when left out. */
  key?(key: string): string;
  /** An answer to a question of the lesson, as it is quoted; its id when left out. */
  answer?(question: string, answer: string): string;
}

/** Everything that speaking needs. */
export interface Voice {
  readonly catalogue: Catalogue;
  readonly names: Names;
  /** An instant of the run: "0:14.2". */
  time(time: Time): string;
  /** A length of time in milliseconds: "180 ms". */
  duration(ms: number): string;
}

/** What the clause asks for: "One group applies an event twice". No full stop: it stands in lists. */
export function clauseSentence(clause: Clause, voice: Voice): string {
  return voice.catalogue.statement(asked(clause.expression, voice));
}

/** What has become of it: "Proved at 0:09.3", "Not proved yet: …", "Broken at 0:14.2: …". */
export function clauseState(clause: Clause, verdict: ClauseVerdict, voice: Voice): string {
  const at = verdict.at === null ? null : voice.time(verdict.at);
  if (verdict.verdict === 'shown') return voice.catalogue.proved(at);
  if (verdict.verdict === 'violated') return voice.catalogue.broken(at, broken(clause, verdict, voice));
  return voice.catalogue.notProvedYet(missing(clause, verdict, voice));
}

/** The same in a word or two, for beside the sentence: "holds so far", "2 of 3", "0:09.3". */
export function clauseNote({ expression }: Clause, verdict: ClauseVerdict, voice: Voice): string {
  const { notes } = voice.catalogue;
  const at = verdict.at === null ? null : voice.time(verdict.at);
  if (verdict.verdict === 'shown') return at ?? notes.proved;
  if (verdict.verdict === 'violated') return notes.broken(at);
  if (verdict.missing === 'waiting') return notes.holdsSoFar;
  const { progress } = verdict;
  return progress && tellsProgress(expression, progress) ? notes.progress(progress) : notes.notYet;
}

/** Is the progress worth saying? "1 of 2" is none for a thing that must happen twice: once is how it always is. */
function tellsProgress({ op }: Expression, { have, need }: Share): boolean {
  return have > (op === 'repeated' ? 1 : 0) && need > 1;
}

/** "2 of 3"; null when the operator does not count. */
export function clauseProgress(verdict: ClauseVerdict, voice: Voice): string | null {
  return verdict.progress && voice.catalogue.notes.progress(verdict.progress);
}

/** What has become of the goal: the clause that broke it, or the first one that is missing (covers before all). */
export function goalState(goal: Goal, judgement: Judgement, voice: Voice): string {
  if (judgement.verdict === 'shown') return voice.catalogue.proved(null);
  const pairs = goal.clauses.map((clause, index) => ({ clause, verdict: judgement.clauses[index] }));
  const told =
    judgement.verdict === 'violated'
      ? pairs.find(({ verdict }) => verdict.verdict === 'violated')
      : (pairs.find(({ clause, verdict }) => isOpenCover(clause, verdict)) ??
        pairs.find(({ verdict }) => verdict.verdict === 'unknown'));
  if (!told) return voice.catalogue.notProvedYet(voice.catalogue.missing.nothingHappened);
  return clauseState(told.clause, told.verdict, voice);
}

/** Is it a cover that holds the goal up, or does it contain one? */
function isOpenCover({ expression }: Clause, verdict: ClauseVerdict): boolean {
  if (expression.op === 'cover') return verdict.verdict !== 'shown';
  return (clausesIn(expression) ?? []).some((part, index) => isOpenCover(part, verdict.parts[index]));
}

function asked(expression: Expression, voice: Voice): string {
  const { asks } = voice.catalogue;
  const happening = (match: Match) => happeningOf(match, voice.names);
  const maybe = (match: Match | undefined) => (match ? happening(match) : null);
  switch (expression.op) {
    case 'some':
      return asks.some(happening(expression.of));
    case 'none':
      return asks.none(happening(expression.of), maybe(expression.since));
    case 'count':
    case 'cover':
      return asks[expression.op](happening(expression.of), expression.is);
    case 'repeated': {
      const { of, same, times, expect } = expression;
      return asks.repeated(happening(of), same, times, expect ?? 'some');
    }
    case 'caused':
      return asks.caused(happening(expression.of), happening(expression.from), expression.expect);
    case 'seq': {
      const { of, same, expect } = expression;
      return asks.seq(of.map(happening), same ?? [], withinOf(expression, voice), expect ?? 'some');
    }
    case 'span': {
      const { from, to, percentile, isMs } = expression;
      const said = (ms: number | undefined) => (ms === undefined ? null : voice.duration(ms));
      return asks.span(happening(from), happening(to), percentile, said(isMs.min), said(isMs.max));
    }
    case 'final': {
      const { left, is, right, after } = expression;
      return asks.final(tableName(left, voice), is, tableName(right, voice), maybe(after));
    }
    case 'share': {
      const { of, among, is, least } = expression;
      return asks.share(happening(of), happening(among), is, least ?? 1);
    }
    case 'distinct':
      return asks.distinct(happening(expression.of), expression.by, expression.least, maybe(expression.then));
    case 'last':
      return asks.last(happening(expression.of), expression.is);
    case 'answer':
      return asks.answer(answerName(expression, voice));
    case 'during': {
      const { from, to } = expression;
      return asks.during(maybe(from), maybe(to), partsAsked(expression.of, voice));
    }
    case 'waiting': {
      const { names } = voice;
      return asks.waiting(names.place(expression.topic), names.group(expression.group), expression.least);
    }
    case 'all':
    case 'any':
      return asks[expression.op](partsAsked(expression.of, voice));
  }
}

function partsAsked(parts: readonly Clause[], voice: Voice): readonly string[] {
  return parts.map((part) => asked(part.expression, voice));
}

function answerName({ question, is }: Of<'answer'>, { names }: Voice): string {
  return names.answer?.(question, is) ?? is;
}

function missing(clause: Clause, verdict: ClauseVerdict, voice: Voice): string {
  const { missing: words } = voice.catalogue;
  const { expression } = clause;
  switch (verdict.missing) {
    case 'waiting':
      return words.theEnd;
    case 'condition':
      return words.condition(happeningOf(conditionOf(expression), voice.names));
    case 'empty':
      return expression.op === 'final' ? words.contents(emptyTable(expression, voice)) : words.measurements;
    case 'different': {
      if (expression.op === 'answer') return words.otherAnswer;
      if (expression.op === 'share' && verdict.progress) return words.share(verdict.progress);
      if (expression.op !== 'final') return words.measure;
      if (verdict.progress) return words.rows(verdict.progress);
      return words.difference(tableName(expression.left, voice), tableName(expression.right, voice));
    }
    case 'parts': {
      const open = verdict.parts.findIndex((part) => part.verdict === 'unknown');
      const parts = clausesIn(expression) ?? [];
      return open === -1 ? words.nothingHappened : missing(parts[open], verdict.parts[open], voice);
    }
    case 'wanted':
      return wanted(expression, verdict, voice);
    case 'answer':
      return words.answer;
    case 'nothing':
    case null:
      return words.nothingHappened;
  }
}

/** What has not happened, or not often enough. */
function wanted(expression: Expression, { progress }: ClauseVerdict, voice: Voice): string {
  const { missing: words } = voice.catalogue;
  const happening = (match: Match) => happeningOf(match, voice.names);
  switch (expression.op) {
    case 'seq':
      return progress ? words.steps(progress) : words.nothingHappened;
    case 'caused':
      return words.caused(happening(expression.of), happening(expression.from));
    case 'repeated':
      if (progress && tellsProgress(expression, progress))
        return words.counted(happening(expression.of), progress);
      return words.repeated(happening(expression.of), expression.same, expression.times);
    case 'share':
      return progress ? words.counted(happening(expression.among), progress) : words.measurements;
    case 'count':
    case 'cover':
    case 'distinct':
      if (progress && tellsProgress(expression, progress))
        return words.counted(happening(expression.of), progress);
      return words.happening(happening(expression.of));
    case 'waiting':
      return progress ? words.waiting(progress) : words.nothingHappened;
    case 'some':
    case 'last':
      return words.happening(happening(expression.of));
    default:
      return words.nothingHappened;
  }
}

function broken(clause: Clause, verdict: ClauseVerdict, voice: Voice): string {
  const { broke } = voice.catalogue;
  const { expression } = clause;
  const happening = (match: Match) => happeningOf(match, voice.names);
  switch (expression.op) {
    case 'none':
      return broke.none(happening(expression.of), expression.since ? happening(expression.since) : null);
    case 'count':
      return broke.count(happening(expression.of), expression.is.max ?? 0);
    case 'repeated':
      return broke.repeated(happening(expression.of), expression.same, expression.times);
    case 'caused':
      return broke.caused(happening(expression.of), happening(expression.from));
    case 'seq':
      return broke.seq(expression.of.map(happening), expression.same ?? [], withinOf(expression, voice));
    case 'final': {
      const [left, right] = [tableName(expression.left, voice), tableName(expression.right, voice)];
      if (expression.is === 'different') return broke.different(left, right);
      return broke.equal(left, right, verdict.progress);
    }
    case 'during':
    case 'all': {
      const index = verdict.parts.findIndex(
        (part) => part.verdict === 'violated' && part.facts.at(-1) === verdict.facts.at(-1),
      );
      return broken(expression.of[index], verdict.parts[index], voice);
    }
    case 'any':
      return broke.any(expression.of.map((part) => asked(part.expression, voice)));
    case 'span':
    case 'share':
    case 'last':
    case 'some':
    case 'distinct':
    case 'answer':
    case 'waiting':
    case 'cover':
      return broke.span(asked(expression, voice));
  }
}

/** The fact without which nothing is put to the test. */
function conditionOf(expression: Expression): Match {
  switch (expression.op) {
    case 'none':
      return expression.since ?? {};
    case 'final':
      return expression.after ?? {};
    case 'caused':
      return expression.from;
    case 'during':
      return expression.from ?? {};
    case 'seq':
      return expression.of[0];
    case 'repeated':
      return expression.of;
    default:
      return {};
  }
}

function withinOf({ withinMs }: Of<'seq'>, voice: Voice): string | null {
  return withinMs === undefined ? null : voice.duration(withinMs);
}

function tableName(table: Table, { names }: Voice): string {
  return table.table === 'seen' ? names.role(table.role) : names.truth(table.topic);
}

/** The truth, when there is one: an empty truth is what makes a comparison empty. */
function emptyTable({ left, right }: Of<'final'>, voice: Voice): string {
  return tableName(left.table === 'truth' ? left : right, voice);
}

function happeningOf(match: Match, names: Names): Happening {
  return {
    kinds: listed(match.kind),
    types: listed(match.type),
    role: match.role === undefined ? '' : names.role(match.role),
    on: match.on === undefined ? '' : names.place(match.on),
    group: match.group === undefined ? '' : names.group(match.group),
    domain: match.domain ?? null,
    key: match.key === undefined ? '' : (names.key?.(match.key) ?? match.key),
    position: boundOf(match.positionMin, match.positionMax),
    amount: boundOf(match.amountMin, match.amountMax),
    back: match.backMin ?? null,
  };
}

function boundOf(min: number | undefined, max: number | undefined): Bound | null {
  if (min === undefined && max === undefined) return null;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function listed<Word extends string>(words: Word | readonly Word[] | undefined): readonly Word[] {
  if (words === undefined) return [];
  return typeof words === 'string' ? [words] : words;
}
