/** The running text of a lesson: what may stand in it, and how it becomes HTML. */
import type { Paragraph, Root } from 'mdast';
import type { ContainerDirective, TextDirective } from 'mdast-util-directive';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import { glyph, isDomain } from './lesson-glyphs.ts';

/** A slip in a lesson's text: where it is and what to write instead. */
export class LessonTextError extends Error {
  override readonly name = 'LessonTextError';
  constructor(
    readonly file: string,
    readonly line: number,
    what: string,
    readonly remedy: string,
  ) {
    super(`${file}:${line}: ${what} ${remedy}`);
  }
}

/** Reports a slip at a node of the text. */
export type Report = (node: Node, what: string, remedy: string) => LessonTextError;

export function reporter(file: string): Report {
  return (node, what, remedy) => new LessonTextError(file, node.position?.start.line ?? 1, what, remedy);
}

/** Checks everything inside a block and dresses its words. Nothing unknown, no raw HTML, no pictures. */
export function dressText(block: ContainerDirective, report: Report): void {
  visit(block, (node, index, parent) => {
    if (node === block) return;
    if (node.type === 'html') throw report(node, 'Raw HTML.', 'Write Markdown; < as &lt;.');
    if (node.type === 'image') throw report(node, 'A picture.', 'Lessons show the stage; the text has none.');
    if (node.type === 'link' && !/^(https:|#\/)/.test(node.url))
      throw report(node, `The link "${node.url}".`, 'Link to https://… or to #/learn/….');
    if (node.type === 'containerDirective' || node.type === 'leafDirective')
      throw report(
        node,
        `A block "${node.name}" inside ":::${block.name}".`,
        'Close the first block with ::: before.',
      );
    if (node.type !== 'textDirective') return;
    // "0:36" is a time, though the directive syntax would take ":36" for one of its own.
    if (/^\d/.test(node.name) && !node.children.length) {
      parent!.children[index!] = { type: 'text', value: `:${node.name}` };
      return;
    }
    dressWord(node, report);
  });
}

/** `:order[OC17]` wears its shape and colour; `:own[again]` is a place for the learner's number. */
function dressWord(node: TextDirective, report: Report): void {
  const text = node.children.map((child) => ('value' in child ? child.value : '')).join('');
  if (!text)
    throw report(
      node,
      `":${node.name}" without [text].`,
      `Write :${node.name}[OC17], or \\:${node.name} for a colon.`,
    );
  if (isDomain(node.name)) {
    node.data = {
      hName: 'button',
      hProperties: { type: 'button', className: ['word'], dataDomain: node.name, dataWord: text },
      hChildren: [glyph(node.name), { type: 'text', value: text }],
    };
  } else if (node.name === 'own') {
    node.data = { hName: 'data', hProperties: { value: text }, hChildren: [] };
  } else {
    const known = 'Known: order, payment, stock, notification, price, ledger, own.';
    throw report(node, `There is no word ":${node.name}".`, `${known} A plain colon is written \\:.`);
  }
}

const writer = unified().use(remarkRehype).use(rehypeStringify);

/** Escaped HTML. Links to other places open in a tab of their own: a lesson in progress stays where it is. */
export function htmlOf(children: Root['children']): string {
  const html = writer.stringify(writer.runSync({ type: 'root', children }));
  return html.replaceAll('<a href="https:', '<a target="_blank" rel="noreferrer" href="https:');
}

/** The same without the paragraph around it. */
export function inlineHtmlOf(paragraph: Paragraph): string {
  return htmlOf([paragraph]).replace(/^<p>|<\/p>$/g, '');
}
