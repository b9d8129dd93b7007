/**
 * lessons/**\/index.<locale>.md → words. CONTRIBUTING.md shows the format; anything it does not know is an error with
 * file, line and remedy, so that a slip of the pen never becomes a hole in a lesson.
 */
import { load } from 'js-yaml';
import type { Root, RootContent } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { GoalWords, LessonNotes, LessonWords, QuestionWords } from '../src/course/words.ts';
import { blocks, keyOf, type BlockWords } from './lesson-blocks.ts';
import { dressText, LessonTextError, reporter, type Report } from './lesson-text.ts';

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkDirective);

/** What has been read so far: kind of block → key → words. */
type Draft = Map<string, Map<string, BlockWords>>;

/** Reads one index.<locale>.md. `file` is used in messages and gives the locale. Throws LessonTextError. */
export function parseLessonWords(source: string, file: string): { words: LessonWords; notes: LessonNotes } {
  const locale = /index\.([a-z]{2}(?:-[A-Z]{2})?)\.md$/.exec(file)?.[1];
  if (!locale)
    throw new LessonTextError(
      file,
      1,
      'The name says no locale.',
      'Call the file index.<locale>.md: index.en.md.',
    );
  const root = parser.parse(source);
  const meta = readFrontMatter(root, file);
  const draft: Draft = new Map();
  const report = reporter(file);
  for (const node of root.children) if (node.type !== 'yaml') readBlock(node, draft, report);
  return {
    words: { ...meta, locale, ...assemble(draft, file) },
    notes: record<string>(draft, 'notes'),
  };
}

function readFrontMatter(root: Root, file: string): { title: string; objective: string } {
  const remedy = 'Begin the file with --- title: … objective: … ---.';
  const node = root.children[0];
  if (node?.type !== 'yaml') throw new LessonTextError(file, 1, 'There is no front matter.', remedy);
  const meta = load(node.value);
  const { title, objective, ...rest } = (typeof meta === 'object' && meta ? meta : {}) as Record<
    string,
    unknown
  >;
  if (typeof title !== 'string' || typeof objective !== 'string')
    throw new LessonTextError(file, 1, 'The front matter needs title and objective.', remedy);
  const stray = Object.keys(rest)[0];
  if (stray)
    throw new LessonTextError(
      file,
      1,
      `An unknown field "${stray}".`,
      'Everything but the words is in lesson.ts.',
    );
  return { title, objective };
}

function readBlock(node: RootContent, draft: Draft, report: Report): void {
  if (node.type !== 'containerDirective')
    throw report(node, 'Text outside of a block.', 'Put it between :::scene (or another block) and :::.');
  const rule = Object.hasOwn(blocks, node.name) ? blocks[node.name] : undefined;
  if (!rule)
    throw report(
      node,
      `There is no block ":::${node.name}".`,
      `Known blocks: ${Object.keys(blocks).join(', ')}.`,
    );
  dressText(node, report);
  const key = keyOf(node, rule, report);
  const kind = draft.get(node.name) ?? new Map<string, BlockWords>();
  draft.set(node.name, kind);
  if (kind.has(key))
    throw report(
      node,
      `":::${node.name}" a second time (${key || 'it has no id'}).`,
      'Merge the two, or rename one.',
    );
  kind.set(key, rule.read(node, report));
}

function assemble(draft: Draft, file: string): Omit<LessonWords, 'title' | 'objective' | 'locale'> {
  const need = <T>(name: string, key: string, remedy: string): T => {
    const found = draft.get(name)?.get(key);
    if (found === undefined) throw new LessonTextError(file, 1, `":::${name}" is missing.`, remedy);
    return found as T;
  };
  const single = (name: string): string => need(name, '', `Every lesson has one: :::${name} … :::.`);
  const goal = (id: 'a' | 'b'): GoalWords => ({
    ...need<Omit<GoalWords, 'done'>>('goal', id, `Write :::goal[Title]{#${id}}.`),
    done: need('done', id, `Write :::done{goal=${id}}: what it meant.`),
  });
  const hints = (id: 'a' | 'b'): string[] =>
    ['where to look', 'what to change', 'watch a ghost do it'].map((idea, index) =>
      need('hint', `${id}/${index + 1}`, `Write :::hint{goal=${id} n=${index + 1}}: ${idea}.`),
    );
  return {
    scene: single('scene'),
    names: (draft.get('names')?.get('') ?? {}) as Readonly<Record<string, string>>,
    bets: record(draft, 'bet'),
    misconceptions: record(draft, 'misconception'),
    observations: record(draft, 'observe'),
    questions: record(draft, 'question'),
    explanations: record(draft, 'explain'),
    goals: { a: goal('a'), b: goal('b') },
    hints: { a: hints('a'), b: hints('b') },
    knobs: record(draft, 'knob'),
    banners: record(draft, 'banner'),
    probes: { ...record<QuestionWords>(draft, 'transfer'), ...record<QuestionWords>(draft, 'warmup') },
    card: single('card'),
    production: single('production'),
    claims: record(draft, 'claim'),
  };
}

function record<T>(draft: Draft, name: string): Record<string, T> {
  return Object.fromEntries(draft.get(name) ?? []) as Record<string, T>;
}
