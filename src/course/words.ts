/**
 * The words of a lesson, as scripts/lesson-markdown.ts makes them from index.<locale>.md: safe HTML by step and id.
 * Nothing a person reads stands anywhere else; nothing here decides anything.
 */
import type { LessonStep } from './lesson';

export interface OptionWords {
  readonly id: string;
  readonly html: string;
}

/** A question with its options: a bet, an observation, the transfer. A typed answer has no options. */
export interface QuestionWords {
  readonly html: string;
  readonly options: readonly OptionWords[];
}

export interface GoalWords {
  readonly title: string;
  /** Two or three sentences before the clauses, which are rendered from the goal itself. */
  readonly html: string;
  /** One quiet sentence once it is reached. */
  readonly done: string;
}

export interface KnobWords {
  readonly label: string;
  /** When a change takes effect, and what to look at. */
  readonly html: string;
  readonly unit: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface ClaimWords {
  readonly title: string;
  readonly html: string;
}

export interface LessonWords {
  readonly locale: string;
  readonly title: string;
  /** What a person can do afterwards, in one sentence. */
  readonly objective: string;
  readonly scene: string;
  /** How goals speak of things, as noun phrases: "role/index" → "the search index". Plain text. */
  readonly names: Readonly<Record<string, string>>;
  readonly bets: Readonly<Record<string, QuestionWords>>;
  readonly misconceptions: Readonly<Record<string, string>>;
  readonly observations: Readonly<Record<string, QuestionWords>>;
  /** Questions that goals ask, by id. */
  readonly questions: Readonly<Record<string, QuestionWords>>;
  /** Explanations: "observe" after the report, and one for each probe, by its id. */
  readonly explanations: Readonly<Record<string, string>>;
  readonly goals: { readonly a: GoalWords; readonly b: GoalWords };
  readonly hints: { readonly a: readonly string[]; readonly b: readonly string[] };
  readonly knobs: Readonly<Record<string, KnobWords>>;
  /** Said where something is wrong on purpose, by step. */
  readonly banners: Readonly<Partial<Record<LessonStep, string>>>;
  /** Transfer and warm-up questions, by id. */
  readonly probes: Readonly<Record<string, QuestionWords>>;
  readonly card: string;
  readonly production: string;
  /** "Check the claim": where practice has moved on from the article, by claim id. */
  readonly claims: Readonly<Record<string, ClaimWords>>;
}

/** Presenter notes by step. A chunk of their own: a learner's page never loads them. */
export type LessonNotes = Readonly<Partial<Record<LessonStep, string>>>;

/**
 * Puts the learner's own numbers where the words say `:own[name]`. A number that is not known yet leaves an
 * ellipsis, never an empty place.
 */
export function withOwnNumbers(html: string, numbers: Readonly<Record<string, string | number>>): string {
  return html.replace(/<data value="([\w-]+)"><\/data>/g, (_, name: string) => {
    const known = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
    return `<b class="own">${known === undefined ? '…' : escapeHtml(String(known))}</b>`;
  });
}

/** The text of a piece of words without its marks, for a live region or an accessible name. */
export function plainText(html: string): string {
  return html
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<\/(p|li|h\d)>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
