/** The block directives of a lesson's text: which there are, what they carry, how each is read. */
import type { BlockContent, List, ListItem, Paragraph } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import type { LessonStep } from '../src/course/lesson.ts';
import type { ClaimWords, GoalWords, KnobWords, OptionWords, QuestionWords } from '../src/course/words.ts';
import { htmlOf, inlineHtmlOf, type Report } from './lesson-text.ts';

export const steps: readonly LessonStep[] = [
  'warmup', 'scene', 'predict', 'run', 'observe', 'break', 'fix', 'transfer', 'card',
]; // prettier-ignore

export type BlockWords =
  | string
  | Readonly<Record<string, string>>
  | QuestionWords
  | Omit<GoalWords, 'done'>
  | KnobWords
  | ClaimWords;

interface BlockRule {
  /** Attributes that tell several blocks of a kind apart. */
  readonly by: readonly ('id' | 'goal' | 'n' | 'of' | 'step')[];
  readonly may?: readonly string[];
  readonly read: (block: ContainerDirective, report: Report) => BlockWords;
}

export const blocks: Readonly<Record<string, BlockRule>> = {
  scene: { by: [], read: prose },
  names: { by: [], read: names },
  bet: { by: ['id'], read: question },
  misconception: { by: ['id'], read: prose },
  observe: { by: ['id'], read: question },
  question: { by: ['id'], read: question },
  explain: { by: ['of'], read: prose },
  goal: { by: ['id'], read: titled },
  done: { by: ['goal'], read: prose },
  hint: { by: ['goal', 'n'], read: prose },
  knob: { by: ['id'], may: ['unit'], read: knob },
  banner: { by: ['step'], read: prose },
  transfer: { by: ['id'], read: question },
  warmup: { by: ['id'], read: question },
  card: { by: [], read: prose },
  production: { by: [], read: prose },
  claim: { by: ['id'], read: titled },
  notes: { by: ['step'], read: prose },
};

/** What tells this block apart from others of its kind: "a", "a/2", "" when there is only one. */
export function keyOf(block: ContainerDirective, rule: BlockRule, report: Report): string {
  const given = block.attributes ?? {};
  const known = [...rule.by, ...(rule.may ?? [])];
  const stray = Object.keys(given).find((name) => !known.includes(name));
  if (stray)
    throw report(
      block,
      `":::${block.name}" has no attribute "${stray}".`,
      `It takes ${known.join(', ') || 'none'}.`,
    );
  for (const name of rule.by) {
    if (!given[name]) throw report(block, `":::${block.name}" needs ${name}.`, example(block.name, rule));
  }
  if (given['goal'] && !['a', 'b'].includes(given['goal']))
    throw report(block, `There is no goal "${given['goal']}".`, 'Goals are a and b.');
  if (given['step'] && !(steps as readonly string[]).includes(given['step']))
    throw report(block, `There is no step "${given['step']}".`, `Steps: ${steps.join(', ')}.`);
  return rule.by.map((name) => given[name]).join('/');
}

function example(name: string, rule: BlockRule): string {
  const values = { id: '#some-id', goal: 'goal=a', n: 'n=1', of: 'of=observe', step: 'step=predict' };
  return `Write :::${name}{${rule.by.map((each) => values[each]).join(' ')}}.`;
}

function prose(block: ContainerDirective, report: Report): string {
  if (labelOf(block)) throw report(block, `":::${block.name}" takes no [title].`, 'Leave it out.');
  const body = bodyOf(block);
  if (!body.length) throw report(block, `":::${block.name}" is empty.`, 'Write something, or remove it.');
  return htmlOf(body);
}

function titled(block: ContainerDirective, report: Report): ClaimWords {
  return { title: titleOf(block, report), html: htmlOf(bodyOf(block)) };
}

function question(block: ContainerDirective, report: Report): QuestionWords {
  const { before, options } = splitOptions(block, report);
  if (!before.length)
    throw report(block, `":::${block.name}" asks nothing.`, 'Write the question before its options.');
  return { html: htmlOf(before), options };
}

function knob(block: ContainerDirective, report: Report): KnobWords {
  const { before, options } = splitOptions(block, report);
  const values = Object.fromEntries(options.map(({ id, html }) => [id, html]));
  return {
    label: titleOf(block, report),
    html: htmlOf(before),
    unit: block.attributes?.['unit'] ?? '',
    values,
  };
}

/** How the lesson calls its things inside a goal's sentence: - `role/index` the search index. */
function names(block: ContainerDirective, report: Report): Readonly<Record<string, string>> {
  const { before, options } = splitOptions(block, report);
  const remedy = 'Write only a list: - `role/index` the search index. Kinds: role, place, truth, group, key.';
  if (before.length || !options.length) throw report(block, '":::names" is a list and nothing else.', remedy);
  const stranger = options.find(({ id }) => !/^(role|place|truth|group|key)\/./.test(id));
  if (stranger) throw report(block, `"${stranger.id}" names no kind of thing.`, remedy);
  return Object.fromEntries(options.map(({ id, html }) => [id, html]));
}

/** The list at the end of a question: each item begins with its id as `code`. */
function splitOptions(
  block: ContainerDirective,
  report: Report,
): { before: BlockContent[]; options: OptionWords[] } {
  const body = bodyOf(block);
  const last = body.at(-1);
  if (last?.type !== 'list') return { before: body, options: [] };
  return { before: body.slice(0, -1), options: readOptions(last, report) };
}

function readOptions(list: List, report: Report): OptionWords[] {
  const seen = new Set<string>();
  return list.children.map((item) => {
    const { id, text } = readOption(item, report);
    if (seen.has(id))
      throw report(item, `Option "${id}" stands here twice.`, 'Give each option an id of its own.');
    seen.add(id);
    return { id, html: inlineHtmlOf(text) };
  });
}

function readOption(item: ListItem, report: Report): { id: string; text: Paragraph } {
  const paragraph = item.children[0];
  const remedy = 'Begin each option with its id as code: - `own-flag` Everything from its own flag on.';
  if (paragraph?.type !== 'paragraph' || item.children.length !== 1)
    throw report(item, 'An option is one line of text.', remedy);
  const [first, second, ...rest] = paragraph.children;
  if (first?.type !== 'inlineCode' || !second) throw report(item, 'An option without id or text.', remedy);
  // An option is a label already: a button inside it could not be pressed.
  const word = paragraph.children.find((child) => child.type === 'textDirective');
  if (word) throw report(word, 'A domain word in an option.', 'Write it as plain text.');
  const start = second.type === 'text' ? { ...second, value: second.value.trimStart() } : second;
  return { id: first.value, text: { ...paragraph, children: [start, ...rest] } };
}

function bodyOf(block: ContainerDirective): BlockContent[] {
  return block.children.filter((child) => !isLabel(child)) as BlockContent[];
}

function labelOf(block: ContainerDirective): Paragraph | undefined {
  return block.children.find(isLabel) as Paragraph | undefined;
}

function isLabel(child: { type: string; data?: unknown }): boolean {
  return (
    child.type === 'paragraph' &&
    (child.data as { directiveLabel?: boolean } | undefined)?.directiveLabel === true
  );
}

function titleOf(block: ContainerDirective, report: Report): string {
  const text = labelOf(block)
    ?.children.map((child) => ('value' in child ? child.value : ''))
    .join('');
  if (!text) throw report(block, `":::${block.name}" needs a title.`, `Write :::${block.name}[Title]{#id}.`);
  return text;
}
